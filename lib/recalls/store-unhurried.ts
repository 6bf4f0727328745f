/** The SQL of questions that take as long as a recall is large: half a million certificates of one batch are some seconds. */
import type { Database, Statements } from '@/lib/db'

const LIMIT_MS = 60_000

/** A transaction whose statements may take longer than those of every day. */
export function unhurried<T>(db: Database, work: (db: Statements) => Promise<T>): Promise<T> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('statement_timeout', ${String(LIMIT_MS)}, true)`
      return work(tx)
    },
    { timeout: LIMIT_MS },
  )
}
