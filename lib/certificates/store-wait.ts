/** The SQL of waiting: which of many transactions have ended. */
import type { Statements } from '@/lib/db'

export interface EndedRow {
  id: string
  state: 'issued' | 'failed'
  failureCode: string | null
  failureMessage: string | null
}

/** Those of the transactions that are issued or failed. */
export function endedAmong(db: Statements, ids: string[]): Promise<EndedRow[]> {
  return db.$queryRaw<EndedRow[]>`
    select id, state::text as state, failure_code as "failureCode", failure_message as "failureMessage"
    from transaction where id = any(${ids}::uuid[]) and state <> 'pending'`
}
