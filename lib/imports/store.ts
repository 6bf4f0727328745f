/** The SQL of imports: what is there already, and whole lineages written in one statement. */
import type { Change } from '@/lib/certificates/answers'
import type { CertificateRecord } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'

const IMPORT_LOCK = 7_206_165_001

/** One batch at a time: what is there already is asked and written under it. Held until the transaction ends. */
export async function lockImports(db: Statements): Promise<void> {
  await db.$queryRaw`select pg_advisory_xact_lock(${IMPORT_LOCK}::bigint)::text`
}

export interface ImportRow {
  id: string
  finishedAt: Date | null
}

/** The import of this content: begun now, or at an earlier time. */
export async function beginImport(db: Statements, id: string, digest: string, at: Date): Promise<ImportRow> {
  const begun = await db.$queryRaw<ImportRow[]>`
    with begun as (
      insert into import (id, digest, started_at) values (${id}::uuid, ${digest}, ${at})
      on conflict (digest) do nothing returning id, finished_at)
    select id, finished_at as "finishedAt" from begun`
  if (begun[0]) {
    await writeAudit(db, 'import.started', { importId: id }, at)
    return begun[0]
  }
  const rows = await db.$queryRaw<
    ImportRow[]
  >`select id, finished_at as "finishedAt" from import where digest = ${digest}`
  return rows[0]!
}

export async function finishImport(
  db: Statements,
  id: string,
  counts: Record<string, number>,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update import set finished_at = ${at}, counts = ${JSON.stringify(counts)}::jsonb where id = ${id}::uuid`
  await writeAudit(db, 'import.finished', { importId: id, ...counts }, at)
}

async function writeAudit(db: Statements, action: string, detail: object, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    values (${at}, ${action}, ${BY.kind}, ${BY.id}, ${BY.name}, ${JSON.stringify(detail)}::jsonb)`
}

/** Who is said to have made what was imported. */
const BY = { kind: 'system', id: 'import:divoc', name: 'Import from DIVOC' }

/** Which of these numbers the registry has, with the sha256 of what was issued; null = accepted and not issued yet. */
export async function knownNumbers(db: Statements, certificateIds: string[]): Promise<Map<string, string | null>> {
  const rows = await db.$queryRaw<{ id: string; hash: string | null }[]>`
    select t.certificate_id as id, c.credential_hash as hash
    from transaction t left join certificate c on c.certificate_id = t.certificate_id
    where t.certificate_id = any(${certificateIds}::text[])`
  return new Map(rows.map(({ id, hash }) => [id, hash]))
}

export interface RecordKey {
  type: string
  preEnrollmentCode: string
  programId: string
  dose: number
}

/** Which of these have certificates of any generation already. */
export async function takenKeys(db: Statements, keys: RecordKey[]): Promise<RecordKey[]> {
  return db.$queryRaw<RecordKey[]>`
    select distinct l.type, l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(type text, "preEnrollmentCode" text, "programId" text, dose int)
    join lineage l on l.type = k.type and l.pre_enrollment_code = k."preEnrollmentCode" and l.program_id = k."programId" and l.dose = k.dose
    where not l.sandbox`
}

export interface NewVersion {
  certificateId: string
  transactionId: string
  revision: number
  predecessorId: string | null
  state: 'current' | 'superseded' | 'revoked'
  successorId: string | null
  endedAt: Date | null
  record: CertificateRecord
  typeVersion: number
  contentHash: string
  form: string
  credential: string
  credentialHash: string
  changes: Change[]
  issuedAt: Date
  acceptedAt: Date
  /** File and line, for the audit log. */
  row: string
  /** Thumbprint of the key. */
  signedBy: string
  /** What was odd about it: history shows it. */
  findings: { code: string; about: string[] }[]
}

export interface NewLineage extends RecordKey {
  id: string
  generation: number
  facilityCode: string
  versions: NewVersion[]
}

/** Writes lineages whole: heads, certificates as they were signed, status entries and audit. */
export async function writeLineages(
  db: Statements,
  given: { importId: string; lineages: NewLineage[] },
): Promise<void> {
  const lineages = given.lineages.map(({ versions, ...lineage }) => {
    const head = versions.at(-1)!
    const { certificateId: head_id, revision, state } = head
    return { ...lineage, head_id, revision, open: state !== 'revoked', createdAt: versions[0]!.acceptedAt }
  })
  const versions = given.lineages.flatMap((lineage) =>
    lineage.versions.map((version) => ({ ...version, lineageId: lineage.id })),
  )
  const written = await db.$executeRaw`
    with opened as (
      insert into lineage (id, type, pre_enrollment_code, program_id, dose, generation, open, facility_code, head_revision,
        head_certificate_id, created_at)
      select id, type, "preEnrollmentCode", "programId", dose, generation, open, "facilityCode", revision, head_id, "createdAt"
      from jsonb_to_recordset(${JSON.stringify(lineages)}::jsonb) as l(id uuid, type text, "preEnrollmentCode" text, "programId" text,
        dose int, generation int, open boolean, "facilityCode" text, revision int, head_id text, "createdAt" timestamptz)),
    v as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as v("certificateId" text, "transactionId" uuid,
        "lineageId" uuid, revision int, "predecessorId" text, state certificate_state, "successorId" text,
        "endedAt" timestamptz, record jsonb, "typeVersion" int, "contentHash" text, form text, credential text, "credentialHash" text,
        changes jsonb, "issuedAt" timestamptz, "acceptedAt" timestamptz, row text, "signedBy" text, findings jsonb)),
    accepted as (
      insert into transaction (id, lineage_id, sequence, kind, state, certificate_id, request, type_version, form,
        content_hash, channel, caller_kind, caller_id, caller_name, accepted_at, finished_at)
      select "transactionId", "lineageId", revision, case when revision = 0 then 'certify' else 'update' end::transaction_kind,
        'issued', "certificateId", record, "typeVersion", form, "contentHash", 'api', ${BY.kind}, ${BY.id}, ${BY.name},
        "acceptedAt", "issuedAt"
      from v),
    certificates as (
      insert into certificate (certificate_id, lineage_id, revision, predecessor_id, transaction_id, credential,
        credential_hash, signed_by, state, changes, checks, issued_at)
      select "certificateId", "lineageId", revision, "predecessorId", "transactionId", credential, "credentialHash", array["signedBy"], state,
        changes, jsonb_build_object('signatureVerified', true, 'imported', true, 'findings', findings), "issuedAt"
      from v),
    statuses as (
      insert into status_entry (certificate_id, state, successor_id, reason, actor_kind, actor_id, actor_name, at)
      select "certificateId", state, "successorId", case when state = 'revoked' then '{"cause": "other"}'::jsonb end,
        ${BY.kind}, ${BY.id}, ${BY.name}, "endedAt"
      from v where state <> 'current' order by "endedAt", "certificateId")
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select now(), 'certificate.imported', ${BY.kind}, ${BY.id}, ${BY.name}, "lineageId", "certificateId",
           jsonb_build_object('importId', ${given.importId}::text, 'row', row)
    from v`
  if (written !== versions.length)
    throw new Error(`${written} certificates were written instead of ${versions.length}.`)
}

/** Keeps numbers that count no more, whose certificates did not come along. */
export async function keepNumbers(
  db: Statements,
  importId: string,
  numbers: { certificateId: string; successorId: string | null; at: Date }[],
): Promise<void> {
  await db.$executeRaw`
    insert into imported_revocation (certificate_id, import_id, successor_id, at)
    select "certificateId", ${importId}::uuid, "successorId", at
    from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as n("certificateId" text, "successorId" text, at timestamptz)
    on conflict (certificate_id) do nothing`
}

/** The certificates of these numbers as they were signed. */
export async function storedTexts(db: Statements, certificateIds: string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; credential: string }[]>`
    select certificate_id as id, credential from certificate where certificate_id = any(${certificateIds}::text[])`
  return new Map(rows.map(({ id, credential }) => [id, credential]))
}
