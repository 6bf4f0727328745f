/** The SQL of reading: one statement a question, however many versions a lineage has. Real certificates, or those of the sandbox; never both. */
import { isCounted, type CertificateType, type Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { LineageView, StatusReason } from './answers'
import { valueAt, type CertificateRecord } from './record'
import type { TransactionKind } from './rules'
import { sinceAt, stateAt, untilAt } from './store-effective'

export interface TransactionRow {
  id: string
  kind: TransactionKind
  state: 'pending' | 'issued' | 'failed'
  certificateId: string
  acceptedAt: string
  finishedAt: string | null
  attempts: number
  lastError: string | null
  failureCode: string | null
  failureMessage: string | null
  callerKind: string
  callerName: string
  channel: 'api' | 'screen'
  reason: Record<string, unknown> | null
  correctedDose: number | null
  /** The version of the type that it is issued under. */
  typeVersion: number
  record: CertificateRecord
}

export interface CertificateRow {
  certificateId: string
  transactionId: string
  revision: number
  predecessorId: string | null
  state: 'current' | 'superseded' | 'revoked' | 'suspended'
  issuedAt: string
  changes: { path: string; label: string; before: string | null; after: string | null }[]
  checks: Record<string, unknown>
  /** When it came into its state. */
  since: string
  /** When a suspension ends by itself. */
  until: string | null
  /** Whatever became of it besides being replaced, the oldest first. */
  statuses: StatusEntryRow[]
}

export interface StatusEntryRow {
  state: 'current' | 'revoked' | 'suspended'
  at: string
  until: string | null
  reason: StatusReason | null
  actorKind: string
  actorName: string
}

export interface LineageRow {
  id: string
  type: string
  preEnrollmentCode: string
  programId: string
  dose: number
  facilityCode: string
  facilityName: string
  open: boolean
  headCertificateId: string | null
  extraUpdates: number
  /** A correction that waits for a second person. */
  approval: LineageView['approval']
  /** By sequence. */
  transactions: TransactionRow[]
  /** By revision. */
  certificates: CertificateRow[]
}

/** The lineages of one pre-enrollment code: of every key the newest generation that ever had a certificate or waits for one. */
export function lineagesOfCode(
  db: Statements,
  /** Null: of all types. */
  type: string | null,
  code: string,
  at: Date,
  sandbox = false,
): Promise<LineageRow[]> {
  const ofType = type === null ? Prisma.sql`true` : Prisma.sql`l.type = ${type}`
  return lineages(db, Prisma.sql`${ofType} and l.pre_enrollment_code = ${code}`, at, sandbox)
}

/** The lineage that a certificate belongs to. */
export async function lineageOfCertificate(
  db: Statements,
  certificateId: string,
  at: Date,
  sandbox = false,
): Promise<LineageRow | null> {
  const rows = await lineages(
    db,
    Prisma.sql`l.id = (select lineage_id from certificate where certificate_id = ${certificateId})`,
    at,
    sandbox,
  )
  return rows[0] ?? null
}

/** The lineage of a certificate number, issued or only accepted. */
export async function lineageOfAccepted(db: Statements, certificateId: string, at: Date): Promise<LineageRow | null> {
  const which = Prisma.sql`l.id = (select lineage_id from transaction where certificate_id = ${certificateId})`
  const rows = await lineages(db, which, at, false)
  return rows[0] ?? null
}

/** The lineage that a transaction belongs to. */
export async function lineageOfTransaction(
  db: Statements,
  transactionId: string,
  at: Date,
  sandbox = false,
): Promise<LineageRow | null> {
  const rows = await lineages(
    db,
    Prisma.sql`l.id = (select lineage_id from transaction where id = ${transactionId}::uuid)`,
    at,
    sandbox,
  )
  return rows[0] ?? null
}

function lineages(db: Statements, which: Prisma.Sql, at: Date, sandbox: boolean): Promise<LineageRow[]> {
  return db.$queryRaw<LineageRow[]>`
    select l.id, l.type, l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose, l.open,
           l.facility_code as "facilityCode", f.name as "facilityName", l.head_certificate_id as "headCertificateId", l.extra_updates as "extraUpdates",
           (select jsonb_build_object('requestId', q.id, 'state', q.state, 'reasons', q.reasons, 'requestedAt', q.requested_at,
               'by', jsonb_build_object('kind', q.requested_by_kind, 'name', q.requested_by_name))
            from change_request q
            where q.lineage_id = l.id and q.state in ('queued', 'in-review', 'waiting-for-information')) as approval,
           (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'state', t.state,
               'certificateId', t.certificate_id, 'acceptedAt', t.accepted_at, 'finishedAt', t.finished_at,
               'attempts', t.attempts, 'lastError', t.last_error, 'failureCode', t.failure_code,
               'failureMessage', t.failure_message, 'callerKind', t.caller_kind, 'callerName', t.caller_name,
               'channel', t.channel, 'reason', t.reason, 'correctedDose', t.corrected_dose, 'typeVersion', t.type_version,
               'record', t.request) order by t.sequence), '[]')
            from transaction t where t.lineage_id = l.id) as transactions,
           (select coalesce(jsonb_agg(jsonb_build_object('certificateId', c.certificate_id,
               'transactionId', c.transaction_id, 'revision', c.revision, 'predecessorId', c.predecessor_id,
               'state', ${stateAt('c', at)}, 'since', ${sinceAt('c', at)}, 'until', ${untilAt('c', at)},
               'issuedAt', c.issued_at, 'changes', c.changes, 'checks', c.checks,
               'statuses', (select coalesce(jsonb_agg(jsonb_build_object('state', s.state, 'at', s.at, 'until', s.until,
                   'reason', s.reason, 'actorKind', s.actor_kind, 'actorName', s.actor_name) order by s.id), '[]')
                 from status_entry s where s.certificate_id = c.certificate_id and s.state <> 'superseded'))
               order by c.revision), '[]')
            from certificate c where c.lineage_id = l.id) as certificates
    from lineage l join facility f on f.code = l.facility_code
    where l.sandbox = ${sandbox} and ${which}
      -- Nothing is there yet where a dose is only kept for one that moves.
      and l.reserved_for is null
      -- An older generation is history only where it had a certificate.
      and (l.open or l.head_certificate_id is not null
           or not exists (select 1 from lineage later where later.type = l.type and later.dose = l.dose
                          and later.pre_enrollment_code = l.pre_enrollment_code and later.program_id = l.program_id
                          and later.sandbox = l.sandbox and later.generation > l.generation))
    order by l.type, l.dose, l.program_id, l.generation desc`
}

export interface CredentialRow {
  certificateId: string
  credential: string
  credentialHash: string
  state: CertificateRow['state']
  lineageId: string
  facilityCode: string
  programId: string
  issuedAt: Date
  /** The type, and the version of it that it was issued under. */
  type: string
  typeVersion: number
  form: Form
  /** A test: its page says so. */
  sandbox: boolean
  record: CertificateRecord
  predecessorId: string | null
  revision: number
}

/** One certificate as it was signed, with what is needed to show it. */
export async function credentialOf(
  db: Statements,
  certificateId: string,
  at: Date,
  sandbox = false,
): Promise<CredentialRow | null> {
  const rows = await db.$queryRaw<CredentialRow[]>`
    select c.certificate_id as "certificateId", c.credential, c.credential_hash as "credentialHash",
           ${stateAt('c', at)} as state, l.id as "lineageId", l.facility_code as "facilityCode",
           l.program_id as "programId", c.issued_at as "issuedAt", l.type, t.type_version as "typeVersion", t.form, l.sandbox, t.request as record,
           c.predecessor_id as "predecessorId", c.revision
    from certificate c
    join lineage l on l.id = c.lineage_id
    join transaction t on t.id = c.transaction_id
    where c.certificate_id = ${certificateId} and l.sandbox = ${sandbox}`
  return rows[0] ?? null
}

/**
 * The other doses of the same person and programme that were issued before an instant: what a page lists as previous doses.
 * The dose is the one on the certificate of that time: a certificate that was moved since stays on the page as it was.
 */
export function previousDoses(
  db: Statements,
  row: CredentialRow,
  type: CertificateType,
): Promise<{ certificateId: string; record: CertificateRecord }[]> {
  const { sequence } = type.lineage
  if (sequence === undefined || !isCounted(type)) return Promise.resolve([])
  const { record } = row
  const number = Prisma.sql`(t.request #>> ${sequence.split('.')}::text[])::int`
  return db.$queryRaw`
    select c.certificate_id as "certificateId", t.request as record
    from lineage l
    join lateral (
      select * from certificate c where c.lineage_id = l.id and c.issued_at <= ${row.issuedAt}
      order by c.revision desc limit 1) c on true
    join transaction t on t.id = c.transaction_id
    where l.type = ${row.type} and l.pre_enrollment_code = ${record.preEnrollmentCode} and l.program_id = ${record.programId ?? ''}
      and l.open and l.sandbox = ${row.sandbox}
      and l.id <> (select lineage_id from certificate where certificate_id = ${row.certificateId})
      and ${number} < ${valueAt(record, sequence)}::int
    order by ${number}`
}

/** Current certificate of the highest dose of a code, the newest first where programmes differ. */
export async function latestOfCode(
  db: Statements,
  type: string,
  code: string,
  at: Date,
  sandbox = false,
): Promise<{ certificateId: string; facilityCode: string; programId: string }[]> {
  return db.$queryRaw`
    select c.certificate_id as "certificateId", l.facility_code as "facilityCode", l.program_id as "programId"
    from lineage l join certificate c on c.certificate_id = l.head_certificate_id
    where l.type = ${type} and l.pre_enrollment_code = ${code} and ${stateAt('c', at)} = 'current'
      and l.sandbox = ${sandbox}
    order by l.dose desc, c.issued_at desc`
}

/** State of a real certificate, null when the registry has no such certificate, nor was it revoked before it was taken over. */
export async function stateOf(
  db: Statements,
  certificateId: string,
  at: Date,
): Promise<CertificateRow['state'] | null> {
  const rows = await db.$queryRaw<{ state: CertificateRow['state'] }[]>`
    select ${stateAt('c', at)} as state from certificate c join lineage l on l.id = c.lineage_id
    where c.certificate_id = ${certificateId} and not l.sandbox
    union all
    select case when r.successor_id is null then 'revoked' else 'superseded' end from imported_revocation r
    where r.certificate_id = ${certificateId}`
  return rows[0]?.state ?? null
}
