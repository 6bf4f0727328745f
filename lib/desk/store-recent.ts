/** The SQL of what an operator opened last. Every statement names the operator. */
import type { Caller } from '@/lib/certificates/caller'
import { withinReach } from '@/lib/certificates/reach'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'

/** How many are kept. */
const MOST = 10

export interface RecentRow {
  certificateId: string
  type: string
  preEnrollmentCode: string
  dose: number
  record: CertificateRecord
  at: Date
}

/** Notes that a certificate's lineage was opened, and forgets what is no longer among the last ones. What is the last one already is written once a minute. */
export async function writeRecent(db: Statements, operatorId: string, certificateId: string, at: Date): Promise<void> {
  const aMinuteAgo = new Date(at.getTime() - 60_000)
  const written = await db.$executeRaw`
    insert into recent_item as r (operator_id, lineage_id, at)
    select ${operatorId}::uuid, lineage_id, ${at} from certificate where certificate_id = ${certificateId}
    on conflict (operator_id, lineage_id) do update set at = excluded.at
      where r.at < ${aMinuteAgo}
        or exists (select 1 from recent_item newer where newer.operator_id = r.operator_id and newer.at > r.at)`
  if (written === 0) return
  await db.$executeRaw`
    delete from recent_item where operator_id = ${operatorId}::uuid and lineage_id not in (
      select lineage_id from recent_item where operator_id = ${operatorId}::uuid
      order by at desc, lineage_id limit ${MOST})`
}

/** What the operator opened last and may still read. */
export function recentOf(db: Statements, reader: Caller): Promise<RecentRow[]> {
  return db.$queryRaw`
    select l.head_certificate_id as "certificateId", l.type, l.pre_enrollment_code as "preEnrollmentCode", l.dose,
           t.request as record, r.at
    from recent_item r
    join lineage l on l.id = r.lineage_id
    join certificate c on c.certificate_id = l.head_certificate_id
    join transaction t on t.id = c.transaction_id
    where r.operator_id = ${reader.id}::uuid and not l.sandbox and ${withinReach(reader, 'l')}
    order by r.at desc, r.lineage_id
    limit ${MOST}`
}

/** Forgets everything; the number of items. */
export function deleteRecent(db: Statements, operatorId: string): Promise<number> {
  return db.$executeRaw`delete from recent_item where operator_id = ${operatorId}::uuid`
}
