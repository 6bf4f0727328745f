/** The SQL of questions that take as long as a recall is large: half a million certificates of one batch are some seconds. */
import type { Database, Statements } from '@/lib/db'

const LIMIT_MS = 60_000
const LOCK_MS = 20_000

/** A transaction whose statements may take longer than those of every day. */
export function unhurried<T>(db: Database, work: (db: Statements) => Promise<T>): Promise<T> {
  return db.$transaction(
    async (tx) => {
      // Whoever stops a recall waits for the group that a worker is at.
      await tx.$executeRaw`
        select set_config('statement_timeout', ${String(LIMIT_MS)}, true), set_config('lock_timeout', ${String(LOCK_MS)}, true)`
      return work(tx)
    },
    { timeout: LIMIT_MS },
  )
}
