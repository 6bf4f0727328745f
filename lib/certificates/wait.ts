/** Waiting until accepted requests are issued or failed: one question a moment for all who wait, no connection held by any. */
import type { Database } from '@/lib/db'
import { endedAmong, type EndedRow } from './store-wait'

const ASK_EVERY_MS = 50
/** Of a process. A waiter costs a socket and a few words of memory; what this protects is the question of all together. */
const MOST_WAITERS = 500
const MOST_WAITERS_OF_ONE = 50
const MOST_AWAITED = 20_000

export interface Outcome {
  state: 'pending' | 'issued' | 'failed'
  failure: { code: string; message: string } | null
}

export interface Waiting {
  /** Who waits: nobody gets all the places. */
  callerId: string
  seconds: number
  /** Ends the waiting when the one who asked has gone. */
  signal: AbortSignal
}

/**
 * Waits until all these transactions are issued or failed, at most so many seconds, and answers what became of each.
 * null when too many wait already: then there is nothing to do but to go on without.
 */
export function waitUntilEnded(
  db: Database,
  transactionIds: readonly string[],
  { callerId, seconds, signal }: Waiting,
): Promise<Map<string, Outcome> | null> {
  const room = roomOf(db)
  const awaited = new Set(transactionIds)
  if (!room.hasPlaceFor(callerId, awaited.size)) return Promise.resolve(null)
  return new Promise((resolve) => {
    const waiter: Waiter = { callerId, awaited, outcomes: new Map(), leave }
    const timer = setTimeout(leave, seconds * 1000)
    signal.addEventListener('abort', leave)
    room.enter(waiter)
    if (signal.aborted || awaited.size === 0) leave()

    function leave() {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      room.remove(waiter)
      for (const id of awaited) waiter.outcomes.set(id, { state: 'pending', failure: null })
      resolve(waiter.outcomes)
    }
  })
}

/** Sends all away who wait, with what is known: the process is about to end. */
export function endWaiting(db: Database): void {
  roomOf(db).close()
}

interface Waiter {
  callerId: string
  /** What has not ended yet. */
  awaited: Set<string>
  outcomes: Map<string, Outcome>
  leave: () => void
}

const kept = new WeakMap<Database, WaitingRoom>()

function roomOf(db: Database): WaitingRoom {
  const room = kept.get(db) ?? new WaitingRoom(db)
  kept.set(db, room)
  return room
}

/** All who wait in this process. While there are any, it asks the database again and again, never twice at once. */
class WaitingRoom {
  private readonly waiters = new Set<Waiter>()
  private awaited = 0
  private asking = false
  private closed = false

  constructor(private readonly db: Database) {}

  hasPlaceFor(callerId: string, transactions: number): boolean {
    if (this.closed || this.waiters.size >= MOST_WAITERS || this.awaited + transactions > MOST_AWAITED) return false
    let mine = 0
    for (const waiter of this.waiters) if (waiter.callerId === callerId) mine++
    return mine < MOST_WAITERS_OF_ONE
  }

  enter(waiter: Waiter): void {
    this.waiters.add(waiter)
    this.awaited += waiter.awaited.size
    if (!this.asking) void this.askOnAndOn()
  }

  remove(waiter: Waiter): void {
    if (this.waiters.delete(waiter)) this.awaited -= waiter.awaited.size
  }

  close(): void {
    this.closed = true
    for (const waiter of this.waiters) waiter.leave()
  }

  private async askOnAndOn(): Promise<void> {
    this.asking = true
    while (this.waiters.size > 0) {
      const began = performance.now()
      try {
        this.tell(await endedAmong(this.db, [...new Set([...this.waiters].flatMap(({ awaited }) => [...awaited]))]))
      } catch {
        // What was accepted is accepted: while the database is away, those who wait hear "pending" when their time is over.
      }
      // Never more than a fifth of the time is spent asking, however many wait.
      const pause = Math.max(ASK_EVERY_MS, 4 * (performance.now() - began))
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    this.asking = false
  }

  private tell(ended: EndedRow[]): void {
    const outcomes = new Map(ended.map((row) => [row.id, outcomeOf(row)]))
    for (const waiter of this.waiters) {
      for (const id of waiter.awaited) {
        const outcome = outcomes.get(id)
        if (!outcome) continue
        waiter.awaited.delete(id)
        this.awaited--
        waiter.outcomes.set(id, outcome)
      }
      if (waiter.awaited.size === 0) waiter.leave()
    }
  }
}

function outcomeOf({ state, failureCode, failureMessage }: EndedRow): Outcome {
  return { state, failure: failureCode === null ? null : { code: failureCode, message: failureMessage ?? '' } }
}
