/** Who may still ask this minute: counted in the database for all processes, taken from it in small shares. */
import type { Database } from '@/lib/db'
import { forgetOldWindows, takePlaces } from './store-rate'

const MINUTE = 60_000

export interface RateContext {
  db: Database
  now: () => Date
}

/** What a request found of its minute. */
export interface RateState {
  /** The name of the limit, for the headers. */
  policy: string
  limit: number
  /** Requests left in this minute, as far as this process knows. */
  remaining: number
  /** Whole seconds until the next minute begins, at least 1. */
  resetSeconds: number
  allowed: boolean
}

/**
 * Counts one request of `key` in the minute of the clock that it came in.
 *
 * A process takes a hundredth of the limit at a time (one place at a time below 200), so that most requests ask no
 * database. Never more than `limit` pass in a minute, however many processes answer; what a process took and did not use
 * (less than a hundredth of the limit each) is all that may be missing when the others find the minute used up.
 */
export async function countRequest(
  context: RateContext,
  { policy, key, limit }: { policy: string; key: string; limit: number },
): Promise<RateState> {
  const now = context.now().getTime()
  const windowStart = now - (now % MINUTE)
  const share = shareOf(context, `${policy}:${key}`, limit, windowStart)
  const allowed = await share.take()
  return {
    policy,
    limit,
    remaining: share.remaining,
    resetSeconds: Math.max(1, Math.ceil((windowStart + MINUTE - now) / 1000)),
    allowed,
  }
}

/** The shares of a process, of one minute only. */
interface Shares {
  windowStart: number
  byKey: Map<string, Share>
}

const kept = new WeakMap<Database, Shares>()

function shareOf(context: RateContext, key: string, limit: number, windowStart: number): Share {
  let shares = kept.get(context.db)
  if (shares?.windowStart !== windowStart) {
    shares = { windowStart, byKey: new Map() }
    kept.set(context.db, shares)
  }
  let share = shares.byKey.get(key)
  if (share?.limit !== limit) {
    // The first key of a minute also clears away the minutes before.
    const clears = shares.byKey.size === 0
    share = new Share(context, key, limit, new Date(windowStart), clears)
    shares.byKey.set(key, share)
  }
  return share
}

/** What this process took of one key's minute. */
class Share {
  private left = 0
  private taken = 0
  private usedUp = false
  private waiting = 0
  private taking: Promise<void> | undefined

  constructor(
    private readonly context: RateContext,
    private readonly key: string,
    readonly limit: number,
    private readonly windowStart: Date,
    private clears: boolean,
  ) {}

  get remaining(): number {
    return Math.max(0, this.limit - this.taken) + this.left
  }

  /** One place, or false when the minute has none left. Those who come while more is fetched wait for the same fetch. */
  async take(): Promise<boolean> {
    while (this.left === 0 && !this.usedUp) {
      this.waiting++
      try {
        await (this.taking ??= this.fetch())
      } finally {
        this.waiting--
      }
    }
    if (this.left === 0) return false
    this.left--
    return true
  }

  private async fetch(): Promise<void> {
    try {
      const { db } = this.context
      if (this.clears) {
        this.clears = false
        await forgetOldWindows(db, this.windowStart)
      }
      const wanted = Math.max(1, Math.floor(this.limit / 100), this.waiting)
      const { key, limit, windowStart } = this
      const { granted, taken } = await takePlaces(db, { key, windowStart, limit, wanted })
      this.left += granted
      this.taken = taken
      this.usedUp = granted < wanted
    } finally {
      this.taking = undefined
    }
  }
}
