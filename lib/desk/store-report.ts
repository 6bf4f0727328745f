/** The SQL of one holder's report or one failed request, for the operator who deals with it. */
import type { CertificateRecord } from '@/lib/certificates/record'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'

export interface ReportRow {
  type: string
  preEnrollmentCode: string
  id: string
  reference: string
  lineageId: string
  facilityCode: string
  programId: string
  state: string
  fields: { path: string; right: string }[]
  note: string
  certificateId: string
  createdAt: Date
  current: string | null
  currentIssuedAt: Date | null
}

/** A report, locked until the transaction ends where `lock` says so; null when there is none. */
export async function reportById(
  db: Statements,
  id: string,
  at: Date,
  { lock = false } = {},
): Promise<ReportRow | null> {
  if (lock) await db.$queryRaw`select 1 from holder_report where id = ${id}::uuid for update`
  const rows = await db.$queryRaw<ReportRow[]>`
    select r.id, l.type, l.pre_enrollment_code as "preEnrollmentCode", r.reference, r.lineage_id as "lineageId", l.facility_code as "facilityCode",
           l.program_id as "programId", r.state, r.fields, r.note,
           r.certificate_id as "certificateId", r.created_at as "createdAt",
           case when ${stateAt('head', at)} = 'current' then head.certificate_id end as current, head.issued_at as "currentIssuedAt"
    from holder_report r join lineage l on l.id = r.lineage_id
    left join certificate head on head.certificate_id = l.head_certificate_id
    where r.id = ${id}::uuid and not l.sandbox`
  return rows[0] ?? null
}

/** Closes an open report. */
export async function writeClosed(
  db: Statements,
  id: string,
  closed: { at: Date; byName: string; answer: string },
): Promise<void> {
  await db.$executeRaw`
    update holder_report set state = 'closed', closed_at = ${closed.at}, closed_by_name = ${closed.byName},
           answer = ${closed.answer}
    where id = ${id}::uuid and state = 'open'`
}

export interface FailedRow {
  type: string
  preEnrollmentCode: string
  id: string
  facilityCode: string
  programId: string
  record: CertificateRecord
  current: string | null
  /** What the certificate says that is current now. */
  currentRecord: CertificateRecord | null
}

/** An update that was not issued; null when there is none with this id. */
export async function failedUpdate(db: Statements, id: string, at: Date): Promise<FailedRow | null> {
  const rows = await db.$queryRaw<FailedRow[]>`
    select t.id, l.type, l.pre_enrollment_code as "preEnrollmentCode", l.facility_code as "facilityCode", l.program_id as "programId", t.request as record,
           case when ${stateAt('head', at)} = 'current' then head.certificate_id end as current, source.request as "currentRecord"
    from transaction t join lineage l on l.id = t.lineage_id
    left join certificate head on head.certificate_id = l.head_certificate_id
    left join transaction source on source.id = head.transaction_id
    where t.id = ${id}::uuid and t.kind = 'update' and t.state = 'failed' and not l.sandbox`
  return rows[0] ?? null
}
