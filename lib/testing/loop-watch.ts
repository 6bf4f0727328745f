/** How long the event loop stands still, for benchmarks: by the clock, how much of it was work, and whose work that was. */
import { existsSync, readFileSync } from 'node:fs'
import { PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks'

const LOOK_EVERY_MS = 1
/** Of the main thread: nanoseconds on a processor come first. */
const TIMES = '/proc/self/schedstat'

/** Milliseconds. */
export interface StandStill {
  clock: number
  /**
   * In which this thread worked. The rest it waited, for a processor that others had or for helpers of the garbage
   * collector. As long as the clock's where the system does not say.
   */
  worked: number
  /** Of that what can have been no garbage collection: no more than the time outside of its pauses. */
  own: number
}

interface Turn {
  from: number
  until: number
  worked: number
}

/** Looks at every turn of the event loop from when it is made. */
export class LoopWatch {
  private turns: Turn[] = []
  private readonly pauses: Omit<Turn, 'worked'>[] = []
  private last = times()
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS)
  private readonly collections = new PerformanceObserver((list) => this.note(list.getEntries()))

  constructor() {
    this.collections.observe({ entryTypes: ['gc'] })
  }

  /**
   * Of the turns since it was asked before: the longest, the one with most work, the one with most of its own. To be called
   * later: what was collected during a turn is known after it.
   */
  longest(): () => StandStill {
    this.look()
    const turns = this.turns
    this.turns = []
    return () => ({
      clock: Math.max(0, ...turns.map(lengthOf)),
      worked: Math.max(0, ...turns.map(({ worked }) => worked)),
      own: Math.max(0, ...turns.map((turn) => Math.min(turn.worked, turn.until - turn.from - this.collected(turn)))),
    })
  }

  end(): void {
    clearInterval(this.timer)
    this.note(this.collections.takeRecords())
    this.collections.disconnect()
  }

  private look(): void {
    const now = times()
    const turn = { from: this.last.clock, until: now.clock, worked: 0 }
    turn.worked = Math.min(lengthOf(turn), now.worked - this.last.worked)
    this.turns.push(turn)
    this.last = now
  }

  private note(entries: readonly PerformanceEntry[]): void {
    for (const { startTime, duration } of entries) this.pauses.push({ from: startTime, until: startTime + duration })
  }

  private collected({ from, until }: Turn): number {
    const within = this.pauses.map((pause) => Math.min(until, pause.until) - Math.max(from, pause.from))
    return within.reduce((sum, ms) => sum + Math.max(0, ms), 0)
  }
}

/** What is beyond the pause between two looks. */
function lengthOf({ from, until }: Omit<Turn, 'worked'>): number {
  return Math.max(0, until - from - LOOK_EVERY_MS)
}

function times(): { clock: number; worked: number } {
  const clock = performance.now()
  // What the thread did since the system's last tick is counted when its process asks for its own times.
  process.cpuUsage()
  return { clock, worked: existsSync(TIMES) ? Number(readFileSync(TIMES, 'utf8').split(' ')[0]) / 1e6 : clock }
}
