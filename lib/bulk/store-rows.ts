/** The SQL of the rows of a run: a page of them, one, or those that were refused. */
import type { ApprovalReason, Change } from '@/lib/certificates/answers'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { BulkRowState, RowProblem } from './answers'
import type { Cells } from './rows'

export interface RowRecord {
  row: number
  state: BulkRowState
  cells: Cells
  certificateId: string | null
  code: string | null
  dose: number | null
  changes: Change[] | null
  reasons: ApprovalReason[]
  problems: RowProblem[]
  newCertificateId: string | null
  issue: 'pending' | 'issued' | 'failed' | null
  failure: string | null
  requestId: string | null
}

/** Rows by number, after one. `state` null = all. */
export function bulkRows(
  db: Statements,
  runId: string,
  asked: { state: BulkRowState | null; after: number; limit: number },
): Promise<RowRecord[]> {
  const state = asked.state === null ? Prisma.sql`true` : Prisma.sql`w.state = ${asked.state}`
  return db.$queryRaw<RowRecord[]>`
    with page as materialized (
      select * from bulk_row w where w.run_id = ${runId}::uuid and ${state} and w."row" > ${asked.after}::int
      order by w."row" limit ${asked.limit})
    select p."row", p.state, p.cells, p.certificate_id as "certificateId", l.pre_enrollment_code as code, l.dose,
           p.changes, p.reasons, p.problems, t.certificate_id as "newCertificateId", t.state::text as issue,
           t.failure_message as failure, p.request_id::text as "requestId"
    from page p
    left join transaction t on t.id = p.transaction_id
    left join lineage l on l.id = coalesce(p.lineage_id, t.lineage_id)
    order by p."row"`
}

/** The rows of DIVOC's list of errors, by number, after one: refused, or accepted and never issued. */
export function failedRows(
  db: Statements,
  runId: string,
  { after, limit }: { after: number; limit: number },
): Promise<Pick<RowRecord, 'row' | 'cells' | 'code' | 'problems' | 'failure'>[]> {
  return db.$queryRaw`
    select w."row", w.cells, l.pre_enrollment_code as code, w.problems, t.failure_message as failure
    from bulk_row w
    left join transaction t on t.id = w.transaction_id
    left join lineage l on l.id = t.lineage_id
    where w.run_id = ${runId}::uuid and w."row" > ${after}::int and (w.state = 'refused' or (w.state = 'done' and t.state = 'failed'))
    order by w."row" limit ${limit}`
}

export async function cellsOfRow(db: Statements, runId: string, row: number): Promise<Cells | null> {
  const rows = await db.$queryRaw<{ cells: Cells }[]>`
    select w.cells from bulk_row w where w.run_id = ${runId}::uuid and w."row" = ${row}::int`
  return rows[0]?.cells ?? null
}
