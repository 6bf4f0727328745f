/** The SQL of accepting: lock the lineages, read them, write the accepted items. A handful of statements whatever the array's length. */
import type { Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { BulkRow } from './events'
import type { CertificateRecord, KeptReason } from './record'
import type { Accepted, Lineage, TransactionKind } from './rules'
import { stateAt } from './store-effective'

export interface LineageKey {
  preEnrollmentCode: string
  programId: string
  dose: number
}

export interface NewLineage extends LineageKey {
  id: string
  facilityCode: string
  /** A placeholder: the lineage that is to move here. */
  reservedFor?: string
}

/** Creates the lineages that are not there, all real or all of the sandbox. Waits for a twin that is being created at this moment. Returns the ids of those created. */
export async function openLineages(
  db: Statements,
  type: string,
  lineages: NewLineage[],
  sandbox: boolean,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    insert into lineage (id, type, pre_enrollment_code, program_id, dose, facility_code, reserved_for, sandbox, generation)
    select n.id, ${type}, n.code, n.program, n.dose, n.facility, n.reserved, ${sandbox},
           coalesce((select max(o.generation) + 1 from lineage o
                     where o.type = ${type} and o.pre_enrollment_code = n.code and o.program_id = n.program
                       and o.dose = n.dose and o.sandbox = ${sandbox}), 0)
    from jsonb_to_recordset(${json(
      lineages.map((l) => ({
        id: l.id,
        code: l.preEnrollmentCode,
        program: l.programId,
        dose: l.dose,
        facility: l.facilityCode,
        reserved: l.reservedFor,
      })),
    )}::jsonb) as n(id uuid, code text, program text, dose int, facility text, reserved uuid)
    order by n.code, n.program, n.dose
    on conflict do nothing
    returning id`
  return rows.map((row) => row.id)
}

/** Takes away lineages that were created for nothing, by the transaction that created them. */
export async function removeLineages(db: Statements, ids: string[]): Promise<void> {
  await db.$executeRaw`delete from lineage where id = any(${ids}::uuid[])`
}

/** The open lineages of these codes and doses as they are now: to know who moves, before any lock. */
export async function openLineagesAt(
  db: Statements,
  type: string,
  wanted: { preEnrollmentCode: string; dose: number }[],
  sandbox: boolean,
): Promise<NewLineage[]> {
  return db.$queryRaw<NewLineage[]>`
    select l.id, l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose,
           l.facility_code as "facilityCode"
    from lineage l
    where l.type = ${type} and l.sandbox = ${sandbox} and l.open and l.reserved_for is null
      and (l.pre_enrollment_code, l.dose) in
          (select w.code, w.dose from jsonb_to_recordset(${json(
            wanted.map((w) => ({ code: w.preEnrollmentCode, dose: w.dose })),
          )}::jsonb) as w(code text, dose int))`
}

/** A dose of a code. With the content of a certify also what began with that content and was moved to another dose. */
export interface Wanted {
  preEnrollmentCode: string
  dose: number
  certifies?: string
}

/**
 * Locks the newest generation of every lineage of these codes and doses (real or of the sandbox, never both), in the order
 * of their keys (two arrays cannot deadlock), and returns their state as it is under the lock. The state is read by a
 * second statement: the first one's snapshot is older than the lock it may have waited for. A lineage that is moved to
 * another dose in just that moment may be locked out of order: then the database ends one of two, which begins again.
 */
export async function lockLineages(
  db: Statements,
  type: string,
  wanted: Wanted[],
  sandbox: boolean,
  at: Date,
): Promise<Lineage[]> {
  const locked = await db.$queryRaw<{ id: string }[]>`
    ${lineagesWanted(type, wanted, sandbox)}
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation
    for update of l`
  if (locked.length === 0) return []
  return readLineages(
    db,
    locked.map((row) => row.id),
    at,
  )
}

/**
 * As `lockLineages`, and never waits: where one of a code's lineages is locked by somebody else the code is named instead,
 * and none of its lineages is answered. Who waits for nothing holds up nobody.
 */
export async function lockFreeLineages(
  db: Statements,
  type: string,
  wanted: Wanted[],
  sandbox: boolean,
  at: Date,
): Promise<{ lineages: Lineage[]; busy: string[] }> {
  if (wanted.length === 0) return { lineages: [], busy: [] }
  const rows = await db.$queryRaw<{ id: string; code: string; locked: boolean }[]>`
    with found as materialized (${lineagesWanted(type, wanted, sandbox)}),
    locked as materialized (
      select l.id from lineage l where l.id = any(array(select id from found)) for update of l skip locked)
    select distinct found.id, found.code, locked.id is not null as locked
    from found left join locked on locked.id = found.id`
  const busy = new Set(rows.flatMap(({ code, locked }) => (locked ? [] : [code])))
  const ids = rows.filter(({ code }) => !busy.has(code)).map(({ id }) => id)
  return { lineages: ids.length === 0 ? [] : await readLineages(db, ids, at), busy: [...busy] }
}

function lineagesWanted(type: string, wanted: Wanted[], sandbox: boolean): Prisma.Sql {
  return Prisma.sql`
    select l.id, l.pre_enrollment_code as code
    from jsonb_to_recordset(${json(
      wanted.map((w) => ({ code: w.preEnrollmentCode, dose: w.dose, certifies: w.certifies })),
    )}::jsonb) as w(code text, dose int, certifies text)
    join lineage l on l.pre_enrollment_code = w.code
    where l.type = ${type} and l.sandbox = ${sandbox}
      -- The codes once more, and a scalar instead of "exists": without statistics the planner read both tables from end
      -- to end (20 items among 40,000 lineages took 75 ms, now 0.4).
      and l.pre_enrollment_code = any(${wanted.map((w) => w.preEnrollmentCode)}::text[])
      and (l.dose = w.dose
           or (select true from transaction t where t.lineage_id = l.id and t.kind = 'certify'
               and t.state <> 'failed' and t.content_hash = w.certifies limit 1))`
}

/** The lineages of these issued certificates, locked in the order of their keys and read under the lock, as `lockLineages` does. */
export async function lockLineagesOf(db: Statements, certificateIds: string[], at: Date): Promise<Lineage[]> {
  const locked = await db.$queryRaw<{ id: string }[]>`
    select l.id from lineage l
    where l.id in (select lineage_id from certificate where certificate_id = any(${certificateIds}::text[]))
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation
    for update of l`
  return readLineages(
    db,
    locked.map((row) => row.id),
    at,
  )
}

/** The lineage of an issued certificate as it is at this moment, without a lock; null when it is not the newest of its key. */
export async function lineageNow(db: Statements, certificateId: string, at: Date): Promise<Lineage | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select lineage_id::text as id from certificate where certificate_id = ${certificateId}`
  const [lineage] = await readLineages(
    db,
    rows.map((row) => row.id),
    at,
  )
  return lineage ?? null
}

interface LineageRow extends Omit<Lineage, 'original' | 'newest'> {
  original: Accepted | null
  newest: Accepted | null
}

async function readLineages(db: Statements, ids: string[], at: Date): Promise<Lineage[]> {
  return db.$queryRaw<LineageRow[]>`
    select l.id, l.pre_enrollment_code as "preEnrollmentCode", l.program_id as "programId", l.dose,
           l.facility_code as "facilityCode", l.open, l.reserved_for as "reservedFor", l.head_certificate_id as "headCertificateId",
           head.transaction_id as "headTransactionId",
           ${stateAt('head', at)} as "headState",
           t.issued as "updatesIssued", t.pending as "updatesPending", t.next as "nextSequence",
           l.extra_updates as "extraUpdates",
           original.accepted as original, newest.accepted as newest,
           (select jsonb_build_object('name', name.request, 'birth', birth.request)
            from (select v.request from transaction v
                  where v.lineage_id = l.id and v.state <> 'failed' and v.vouched_name
                  order by v.sequence desc limit 1) name,
                 (select v.request from transaction v
                  where v.lineage_id = l.id and v.state <> 'failed' and v.vouched_birth
                  order by v.sequence desc limit 1) birth) as vouched
    from lineage l
    left join certificate head on head.certificate_id = l.head_certificate_id
    cross join lateral (
      select count(*) filter (where kind = 'update' and state = 'issued')::int as issued,
             count(*) filter (where kind = 'update' and state = 'pending')::int as pending,
             coalesce(max(sequence) + 1, 0)::int as next
      from transaction where lineage_id = l.id) t
    left join lateral (
      select ${acceptedColumns} as accepted from transaction
      where lineage_id = l.id and kind = 'certify' and state <> 'failed' order by sequence desc limit 1) original on true
    left join lateral (
      select ${acceptedColumns} || case when kind <> 'reissue' then '{}' else jsonb_build_object('sameAs', (
               select jsonb_agg(same.certificate_id) from transaction same
               where same.lineage_id = l.id and same.state <> 'failed' and same.sequence < newest.sequence
                 and same.sequence >= (select max(made.sequence) from transaction made where made.lineage_id = l.id
                                       and made.state <> 'failed' and made.kind <> 'reissue'))) end as accepted
      from transaction newest
      where lineage_id = l.id and state <> 'failed' order by sequence desc limit 1) newest on true
    -- Behind a select the planner guesses the number of ids instead of counting them, so that one plan does for all arrays.
    where l.id = any((select ${ids}::uuid[])::uuid[])
      and not exists (select 1 from lineage later
                      where later.type = l.type and later.pre_enrollment_code = l.pre_enrollment_code
                        and later.program_id = l.program_id and later.dose = l.dose and later.sandbox = l.sandbox
                        and later.generation > l.generation)
    order by l.pre_enrollment_code, l.program_id, l.dose`
}

const acceptedColumns = Prisma.sql`jsonb_build_object('transactionId', id, 'certificateId', certificate_id,
  'contentHash', content_hash, 'state', state, 'correctedDose', corrected_dose, 'form', form, 'record', request)`

export interface NewTransaction {
  id: string
  lineageId: string
  sequence: number
  kind: TransactionKind
  certificateId: string
  record: CertificateRecord
  typeVersion: number
  form: Form
  contentHash: string
  correctedDose: number | null
  ifMatch: string | null
  reason: KeptReason | null
  bulkRow: BulkRow | null
  /** Whether it answers for the name and for the date of birth: see second-person.ts. */
  vouchedName: boolean
  vouchedBirth: boolean
}

export interface Actor {
  kind: string
  id: string
  name: string
}

/** What is accepted together, and of whom. */
export interface Batch {
  transactions: NewTransaction[]
  by: Actor & { channel: 'api' | 'screen' }
  /** Who accepted it, which need not be who sent it. */
  acceptedBy: Actor & { requestId?: string; traceparent?: string }
  at: Date
}

/**
 * Writes the accepted items and their audit lines. Returns the ids of the transactions written: one is missing when its
 * certificate id was taken, and the caller tries again with another.
 */
export async function insertTransactions(db: Statements, batches: Batch[]): Promise<string[]> {
  const given = batches.flatMap(({ transactions, by, acceptedBy, at }) => {
    const sent = { channel: by.channel, byKind: by.kind, byId: by.id, byName: by.name, at }
    const { kind, id, name, requestId, traceparent } = acceptedBy
    const accepted = { actorKind: kind, actorId: id, actorName: name, requestId, traceparent }
    return transactions.map((one) => ({ ...one, ...sent, ...accepted, of: by.id === id ? null : by.id }))
  })
  const rows = await db.$queryRaw<{ id: string }[]>`
    with given as materialized (
      select * from jsonb_to_recordset(${json(given)}::jsonb) as t(
        id uuid, "lineageId" uuid, sequence int, kind transaction_kind, "certificateId" text, record jsonb,
        "typeVersion" int, form text, "contentHash" text, "correctedDose" int, "ifMatch" text, reason jsonb, "bulkRow" jsonb, "vouchedName" boolean, "vouchedBirth" boolean,
        channel channel, "byKind" text, "byId" text, "byName" text, at timestamptz,
        "actorKind" text, "actorId" text, "actorName" text, "requestId" text, traceparent text, "of" text)),
    written as (
      insert into transaction (id, lineage_id, sequence, kind, certificate_id, request, type_version, form,
        content_hash, corrected_dose, if_match, reason, bulk_row, vouched_name, vouched_birth, channel, caller_kind, caller_id, caller_name, request_id, traceparent, accepted_at)
      select id, "lineageId", sequence, kind, "certificateId", record, "typeVersion", form, "contentHash", "correctedDose", "ifMatch",
        reason, nullif("bulkRow", 'null'::jsonb), "vouchedName", "vouchedBirth", channel, "byKind", "byId", "byName", "requestId", traceparent, at
      from given where not exists (select 1 from certificate c where c.certificate_id = given."certificateId")
      on conflict (certificate_id) do nothing
      returning id),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      select given.at, given.kind::text || '.accepted', given."actorKind", given."actorId", given."actorName", l.id, given."certificateId",
             jsonb_strip_nulls(jsonb_build_object('transactionId', given.id, 'of', given."of", 'correctedDose', given."correctedDose",
               -- A dose that was revoked is certified again: a new generation, with a fresh allowance.
               'generation', nullif(l.generation, 0)))
      from written join given on given.id = written.id join lineage l on l.id = given."lineageId")
    select id from written`
  return rows.map((row) => row.id)
}

/** The facilities that own what is recorded under these facility names: by alias or by the facility's own name. */
export async function facilitiesByName(db: Statements, names: string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ name: string; code: string }[]>`
    select name, facility_code as code from facility_alias where name = any(${names}::text[])
    union
    select name, code from facility where name = any(${names}::text[]) and code <> 'unassigned'`
  return new Map(rows.map((row) => [row.name, row.code]))
}

/** Values go to the database as one JSON text. PostgreSQL's jsonb cannot hold U+0000, and the schema refuses it before. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
