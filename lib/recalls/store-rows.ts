/** The SQL of the rows of a recall: one page of them, or all. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { RowState } from './answers'

export interface RowRecord {
  certificateId: string
  code: string
  dose: number
  holderName: string
  facilityCode: string
  facilityName: string
  state: RowState
  followedId: string | null
  refusal: string | null
  message: string | null
  at: Date | null
}

/** Rows of a recall by number, after a number (null = from the first). `state` null = all. */
export function recallRows(
  db: Statements,
  recallId: string,
  asked: { state: RowState | null; after: string | null; limit: number },
): Promise<RowRecord[]> {
  const state = asked.state === null ? Prisma.sql`true` : Prisma.sql`r.state = ${asked.state}`
  const after = asked.after === null ? Prisma.sql`true` : Prisma.sql`r.certificate_id > ${asked.after}`
  return db.$queryRaw<RowRecord[]>`
    with page as materialized (
      select * from recall_row r where r.recall_id = ${recallId}::uuid and ${state} and ${after}
      order by r.certificate_id limit ${asked.limit})
    select p.certificate_id as "certificateId", l.pre_enrollment_code as code, l.dose,
           t.request #>> '{recipient,name}' as "holderName", l.facility_code as "facilityCode", f.name as "facilityName",
           p.state, p.followed_id as "followedId", p.code as refusal, p.message, p.at
    from page p
    join certificate c on c.certificate_id = p.certificate_id
    join transaction t on t.id = c.transaction_id
    join lineage l on l.id = c.lineage_id
    join facility f on f.code = l.facility_code
    order by p.certificate_id`
}
