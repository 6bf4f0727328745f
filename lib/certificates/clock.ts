/** The time of a worker is the database's: whatever the clocks of their machines say, or jump to, all workers agree. */
import type { Statements } from '@/lib/db'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { databaseTime } from './store-health'

const MEASURE_EVERY_MS = 10_000
/** An answer that took longer does not say the time. */
const LONGEST_ANSWER_MS = 1000
/** Below this the clock is left as it is: it must not step back and forth by the length of an answer. */
const LEAST_DIFFERENCE_MS = 250
/** From here on somebody should look at the clock of this machine. */
const ALARMING_MS = 60_000

export interface Clock {
  now: () => Date
  /** Resolves when the time is known; tries again until then, or until `signal` aborts. */
  set(signal: AbortSignal): Promise<void>
}

/**
 * Between two measurements it goes by the monotonic clock, which nobody can put forward or back; also while the database is
 * away. Before the first one it is the machine's.
 */
export function databaseClock(db: Statements): Clock {
  let known: { time: number; at: number } | null = null
  let asked = -Infinity

  const time = () => (known ? known.time + performance.now() - known.at : Date.now())

  async function measure(): Promise<void> {
    const began = (asked = performance.now())
    const answer = await databaseTime(db)
    const ended = performance.now()
    if (ended - began > LONGEST_ANSWER_MS) return
    const there = answer.getTime() + (ended - began) / 2
    if (known && Math.abs(there - time()) < LEAST_DIFFERENCE_MS) return
    known = { time: there, at: ended }
    const seconds = Math.round((Date.now() - there) / 1000)
    if (Math.abs(seconds) * 1000 >= ALARMING_MS) {
      log().error({ seconds }, 'the clock of this machine is not the database’s, which counts: set one of them')
    }
  }

  return {
    now() {
      if (performance.now() - asked >= MEASURE_EVERY_MS) {
        measure().catch((error: unknown) => log().warn(traceOf(error), 'the database does not say the time'))
      }
      return new Date(time())
    },
    async set(signal) {
      while (!known && !signal.aborted) {
        await measure().catch((error: unknown) => log().warn(traceOf(error), 'the database does not say the time yet'))
        if (!known) await pause(500, signal)
      }
    },
  }
}
