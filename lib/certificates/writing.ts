/** The transactions that accept: only so many at once, begun again where the database or a closed lineage asks for it. */
import { inTransaction, sqlStateOf, type Database, type Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { LineageClosed } from './rules'

/** Connections that stay free for reading, signing in and asking whether a certificate was replaced. */
const KEPT_FOR_READING = 3
const LONGEST_WAIT_MS = 5000
const MOST_ATTEMPTS = 5
const DEADLOCK = '40P01'

/**
 * Runs `work` in a transaction. While all places are taken it waits its turn, at most 5 s (Refusal REGISTRY_UNAVAILABLE):
 * whoever waits for the lock of a busy lineage must not hold up everybody else. A deadlock, or a lineage that was closed
 * in the meantime, begins the work again from its start.
 */
export async function inTurn<T>(db: Database, places: number, work: (db: Statements) => Promise<T>): Promise<T> {
  const turns = turnsOf(db, Math.max(1, places - KEPT_FOR_READING))
  await turns.take()
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await inTransaction(db, work)
      } catch (error) {
        const again = error instanceof LineageClosed || sqlStateOf(error) === DEADLOCK
        if (!again || attempt === MOST_ATTEMPTS) throw error
      }
    }
  } finally {
    turns.give()
  }
}

const kept = new WeakMap<Database, Turns>()

function turnsOf(db: Database, places: number): Turns {
  const turns = kept.get(db) ?? new Turns(places)
  kept.set(db, turns)
  return turns
}

/** Places handed out in the order in which they are asked for. */
class Turns {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  take(): Promise<void> {
    if (this.free > 0) {
      this.free--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const mine = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(mine), 1)
        reject(new Refusal('REGISTRY_UNAVAILABLE', 'Too much is being written at the moment. Try again soon.', [], 5))
      }, LONGEST_WAIT_MS)
      this.waiting.push(mine)
    })
  }

  give(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free++
  }
}
