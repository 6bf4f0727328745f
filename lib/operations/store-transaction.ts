/** The SQL of one transaction that somebody tries again or gives up. */
import type { Form } from '@/lib/certificate-types/type'
import type { CertificateRecord, KeptReason } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { stillFailed } from '@/lib/desk/store-day'
import type { QueueKind } from './answers'

export interface OneTransaction {
  id: string
  lineageId: string
  state: 'pending' | 'issued' | 'failed'
  kind: QueueKind
  /** Pending, and the last attempt ended in an error of ours: of which kind. */
  held: string | null
  /** Failed, and nothing was accepted for the same dose since. */
  waitsForSomebody: boolean
  failureCode: string | null
  type: string
  form: Form
  facilityCode: string
  programId: string
  /** Of the lineage now. */
  dose: number
  correctedDose: number | null
  record: CertificateRecord
  reason: KeptReason | null
  /** The newest accepted certificate of the lineage. */
  newest: string | null
}

/** Never one of the sandbox: nobody but its client has to do with those. */
export async function transactionById(db: Statements, id: string): Promise<OneTransaction | null> {
  const rows = await db.$queryRaw<OneTransaction[]>`
    select t.id::text as id, t.lineage_id::text as "lineageId", t.state::text as state, t.kind::text as kind,
           case when t.state = 'pending' and t.last_error is not null
             then coalesce(substring(t.last_error from '^([A-Za-z][A-Za-z0-9]{0,59})(?::|$)'), 'Error') end as held,
           t.state = 'failed' and ${stillFailed} as "waitsForSomebody", t.failure_code as "failureCode", l.type, t.form,
           l.facility_code as "facilityCode", l.program_id as "programId", l.dose, t.corrected_dose as "correctedDose",
           t.request as record, t.reason,
           (select n.certificate_id from transaction n where n.lineage_id = l.id and n.state <> 'failed'
            order by n.sequence desc limit 1) as newest
    from transaction t join lineage l on l.id = t.lineage_id
    where t.id = ${id}::uuid and not l.sandbox`
  return rows[0] ?? null
}

/** Updates that failed because this original did, in their order. */
export async function failedWith(db: Statements, lineageId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id::text as id from transaction
    where lineage_id = ${lineageId}::uuid and kind = 'update' and state = 'failed' and failure_code = 'PREVIOUS_FAILED'
    order by sequence`
  return rows.map(({ id }) => id)
}

/**
 * Locks the lineage, and the dose that is kept for its move, in the order in which everybody locks them, then the
 * transaction. False when it is not pending any more.
 */
export async function lockPending(db: Statements, id: string): Promise<boolean> {
  await db.$queryRaw`
    select 1 from lineage l
    where l.id in (
      select lineage_id from transaction where id = ${id}::uuid
      union all
      select kept.id from transaction t
      join lineage m on m.id = t.lineage_id
      join lineage kept on kept.pre_enrollment_code = m.pre_enrollment_code and kept.reserved_for = m.id
      where t.id = ${id}::uuid and t.corrected_dose is not null)
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation, l.sandbox
    for update of l`
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from transaction where id = ${id}::uuid and state = 'pending' for update`
  return rows.length > 0
}
