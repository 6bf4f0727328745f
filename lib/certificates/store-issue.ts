/** The SQL of issuing: claim work by lease, read the heads under their locks, write what was signed. */
import type { Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { OutboxEvent } from '@/lib/queue/outbox'
import type { Change } from './answers'
import type { Ended } from './events'
import type { CertificateRecord } from './record'
import type { Head, TransactionKind } from './rules'
import { json } from './store'
import { isOver, stateAt } from './store-effective'
import { grantsTakenBack } from './store-requests'

/** A leased transaction. */
export interface Claimed {
  id: string
  lineageId: string
  kind: TransactionKind
  certificateId: string
  /** Signed with the test key, and no other system is told. */
  sandbox: boolean
  /** The type and the version of it that was in force when it was accepted. */
  type: string
  typeVersion: number
  form: Form
  record: CertificateRecord
  channel: 'api' | 'screen'
  bulkRow: Ended['bulkRow']
  attempts: number
  /** Of the certificate that it replaces; null for the first of a lineage. */
  headIssuedAt: Date | null
  /** Of the request that it was accepted in. */
  requestId: string | null
  /** The trace that it is part of. */
  traceparent: string | null
  acceptedAt: Date
}

/**
 * Leases up to `limit` waiting transactions, the oldest of each lineage only. A lease that ran out is taken over: its
 * holder died, or its commit will find the lease gone. `bulk` takes what can wait: re-issues and rows of files, unless
 * something of their lineage waits behind them.
 */
export async function claim(
  db: Statements,
  lease: { token: string; seconds: number; limit: number; bulk: boolean },
): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    with ready as (
      select t.id from transaction t
      where t.state = 'pending' and t.next_attempt_at <= now() and (t.lease_until is null or t.lease_until < now())
        and ${lease.bulk} = (
          (t.kind = 'reissue' or exists (select 1 from bulk_row w where w.transaction_id = t.id))
          and not exists (
            select 1 from transaction later where later.lineage_id = t.lineage_id and later.state = 'pending'
              and later.sequence > t.sequence))
        and not exists (select 1 from transaction earlier
                        where earlier.lineage_id = t.lineage_id and earlier.state = 'pending'
                          and earlier.sequence < t.sequence)
      order by t.next_attempt_at, t.id
      limit ${lease.limit}
      for update of t skip locked)
    update transaction t
    set lease_token = ${lease.token}::uuid, lease_until = now() + make_interval(secs => ${lease.seconds}::int),
        attempts = t.attempts + 1
    from ready, lineage l where t.id = ready.id and l.id = t.lineage_id
    returning t.id, t.lineage_id as "lineageId", t.kind::text as kind, t.certificate_id as "certificateId", l.sandbox, l.type,
              t.type_version as "typeVersion", t.form,
              t.request as record, t.channel::text as channel, t.bulk_row as "bulkRow", t.attempts,
              (select head.issued_at from certificate head where head.certificate_id = l.head_certificate_id) as "headIssuedAt",
              t.request_id as "requestId", t.traceparent, t.accepted_at as "acceptedAt"`
}

/** A leased transaction beside the head of its lineage, both locked. */
export interface Locked extends Head {
  transactionId: string
  lineageId: string
  kind: TransactionKind
  ifMatch: string | null
  /** The dose that the lineage moves to. */
  correctedDose: number | null
  headRecord: CertificateRecord | null
}

/**
 * Locks the lineages, and the doses kept for those that move, in the order in which accepting locks them, then reads their heads with the transactions that this
 * lease still holds. What is missing in the answer was taken over by another worker.
 */
export async function lockClaimed(db: Statements, token: string, ids: string[], at: Date): Promise<Locked[]> {
  await db.$queryRaw`
    select 1 from lineage l
    where l.id in (
      select lineage_id from transaction where id = any(${ids}::uuid[])
      union all
      select kept.id from transaction t
      join lineage m on m.id = t.lineage_id
      join lineage kept on kept.pre_enrollment_code = m.pre_enrollment_code and kept.reserved_for = m.id
      where t.id = any(${ids}::uuid[]) and t.corrected_dose is not null)
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation, l.sandbox
    for update of l`
  return db.$queryRaw<Locked[]>`
    select t.id as "transactionId", t.lineage_id as "lineageId", t.kind::text as kind, t.if_match as "ifMatch",
           t.corrected_dose as "correctedDose",
           l.open, l.head_revision as revision, l.head_certificate_id as "certificateId", ${stateAt('head', at)} as state,
           source.request as "headRecord"
    from transaction t
    join lineage l on l.id = t.lineage_id
    left join certificate head on head.certificate_id = l.head_certificate_id
    left join transaction source on source.id = head.transaction_id
    where t.id = any(${ids}::uuid[]) and t.lease_token = ${token}::uuid and t.state = 'pending'
    for update of t`
}

/** One certificate to be written. */
export interface Issued {
  transactionId: string
  lineageId: string
  revision: number
  predecessorId: string | null
  /** The dose that the lineage moves to. */
  correctedDose: number | null
  credential: string
  /** The same as VC Data Model 2.0, with its place in the status lists (null for tests); null for types without it. */
  credential2: string | null
  statusListId: number | null
  statusIndex: number | null
  credentialHash: string
  /** Thumbprints of the keys that signed the two forms. */
  signedBy: string[]
  /** issuanceDate of the credential. */
  issuedAt: Date
  changes: Change[]
  checks: Record<string, unknown>
  /** What other systems are told; the caller writes them in the same transaction. */
  events: OutboxEvent[]
}

/**
 * Supersedes the predecessors, moves lineages to their new doses, and writes certificates, heads, status entries and audit.
 * Several statements: unique indexes are checked row by row, so the old certificate must step down and the placeholder of
 * a move must go first.
 */
export async function writeIssued(db: Statements, issued: Issued[], at: Date): Promise<void> {
  const rows = issued.map(({ events: _writtenByTheCaller, ...row }) => row)
  const predecessors = issued.flatMap((row) => row.predecessorId ?? [])
  if (predecessors.length > 0) await supersede(db, predecessors, at)
  const movers = issued.filter((row) => row.correctedDose !== null).map((row) => row.lineageId)
  if (movers.length > 0) await moveLineages(db, movers)
  await db.$executeRaw`
    with given as (
      select g.*, t.lineage_id, t.certificate_id, t.kind, t.reason, t.caller_kind, t.caller_id, t.caller_name
      from jsonb_to_recordset(${json(rows)}::jsonb) as g("transactionId" uuid, revision int, "predecessorId" text,
        "correctedDose" int, credential text, credential2 text, "statusListId" int, "statusIndex" int, "credentialHash" text, "signedBy" text[], "issuedAt" timestamptz, changes jsonb, checks jsonb)
      join transaction t on t.id = g."transactionId"),
    certificates as (
      insert into certificate (certificate_id, lineage_id, revision, predecessor_id, transaction_id, credential,
        credential2, status_list_id, status_index, credential_hash, signed_by, changes, checks, issued_at)
      select certificate_id, lineage_id, revision, "predecessorId", "transactionId", credential, credential2,
        "statusListId", "statusIndex", "credentialHash", "signedBy", changes, checks, "issuedAt"
      from given),
    heads as (
      update lineage l set head_certificate_id = given.certificate_id, head_revision = given.revision
      from given where l.id = given.lineage_id),
    finished as (
      update transaction t set state = 'issued', finished_at = ${at}, lease_token = null, lease_until = null, last_error = null
      from given where t.id = given."transactionId"),
    tallied as (
      insert into issue_tally (hour, facility_code, issued)
      select date_trunc('hour', ${at}::timestamptz, 'UTC'), l.facility_code, count(*)
      from given join lineage l on l.id = given.lineage_id where not l.sandbox group by l.facility_code),
    statuses as (
      insert into status_entry (certificate_id, state, successor_id, reason, actor_kind, actor_id, actor_name, at)
      select "predecessorId", 'superseded', certificate_id, reason, caller_kind, caller_id, caller_name, ${at}
      from given where "predecessorId" is not null)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, case kind when 'reissue' then 'certificate.reissued' else kind::text || '.issued' end,
           caller_kind, caller_id, caller_name, lineage_id, certificate_id,
           jsonb_build_object('transactionId', "transactionId", 'previousCertificateId', "predecessorId")
             || jsonb_strip_nulls(jsonb_build_object('correctedDose', "correctedDose", 'reissueId', reason->>'reissueId'))
    from given`
}

async function supersede(db: Statements, certificateIds: string[], at: Date): Promise<void> {
  const stepped = await db.$executeRaw`
    update certificate c set state = 'superseded', suspended_until = null
    where c.certificate_id = any(${certificateIds}::text[]) and (c.state = 'current' or ${isOver('c', at)})`
  if (stepped !== certificateIds.length)
    throw new Error('A predecessor is no longer current although its lineage is locked.')
}

/** Takes each lineage to the key of its placeholder, which goes: number, history and allowance move along. */
async function moveLineages(db: Statements, ids: string[]): Promise<void> {
  const kept = await db.$queryRaw<{ id: string; dose: number; generation: number }[]>`
    delete from lineage kept using lineage m
    where m.id = any(${ids}::uuid[]) and kept.pre_enrollment_code = m.pre_enrollment_code and kept.reserved_for = m.id
    returning m.id, kept.dose, kept.generation`
  const moved = await db.$executeRaw`
    update lineage l set dose = target.dose, generation = target.generation
    from jsonb_to_recordset(${json(kept)}::jsonb) as target(id uuid, dose int, generation int)
    where l.id = target.id`
  if (moved !== ids.length) throw new Error('A dose was not kept for the lineage that moves there.')
}

/**
 * Ends a transaction for good. Nothing was signed and published, so its place in the allowance is free again (one beyond
 * the limit, granted for it alone, is gone), and so is the dose that was kept for a move. When the original fails, the updates waiting for it fail too and the key is free for
 * another certify. Returns all that ended.
 */
export async function writeFailed(
  db: Statements,
  failed: { transactionId: string; code: string; message: string },
  at: Date,
): Promise<(Ended & { transactionId: string; failureCode: string; failureMessage: string })[]> {
  return db.$queryRaw`
    with target as (select id, lineage_id, kind, corrected_dose from transaction where id = ${failed.transactionId}::uuid),
    ended as (
      update transaction t
      set state = 'failed', finished_at = ${at}, lease_token = null, lease_until = null,
          failure_code = case when t.id = target.id then ${failed.code} else 'PREVIOUS_FAILED' end,
          failure_message = case when t.id = target.id then ${failed.message}
            else 'The certificate that this update was to replace could not be issued.' end
      from target
      where t.state = 'pending' and (t.id = target.id or (target.kind = 'certify' and t.lineage_id = target.lineage_id))
      returning t.id, t.lineage_id, t.certificate_id, t.kind, t.sequence, t.request, t.bulk_row, t.failure_code,
                t.failure_message, t.caller_kind, t.caller_id, t.caller_name, t.request_id, t.traceparent),
    closed as (
      update lineage l set open = false from target
      where l.id = target.lineage_id and target.kind = 'certify'),
    freed as (
      delete from lineage kept using target, lineage m
      where target.corrected_dose is not null and m.id = target.lineage_id
        and kept.pre_enrollment_code = m.pre_enrollment_code and kept.reserved_for = m.id),
    taken_back as (
      ${grantsTakenBack(Prisma.sql`select ended.id from ended join target using (id) where target.kind = 'update'`)}),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, kind::text || '.failed', caller_kind, caller_id, caller_name, lineage_id, null,
             jsonb_build_object('transactionId', id, 'code', failure_code)
      from ended)
    select ended.id as "transactionId", ended.id, request_id as "requestId", traceparent, ended.lineage_id as "lineageId", l.type, request as record,
           bulk_row as "bulkRow", failure_code as "failureCode", failure_message as "failureMessage"
    from ended join lineage l on l.id = ended.lineage_id order by sequence`
}

/** Gives a transaction back after an error of ours: it is tried again after `seconds`. */
export async function writePostponed(
  db: Statements,
  token: string,
  postponed: { transactionId: string; seconds: number; error: string },
): Promise<void> {
  await db.$executeRaw`
    update transaction
    set lease_token = null, lease_until = null, last_error = ${postponed.error},
        next_attempt_at = now() + make_interval(secs => ${postponed.seconds}::int)
    where id = ${postponed.transactionId}::uuid and lease_token = ${token}::uuid and state = 'pending'`
}

/**
 * The database's clock was put back, and what was to wait for minutes at most would wait for hours: it is due now. A worker
 * that holds such a lease finds it gone when it commits.
 */
export async function endWaitsOfAClockPutBack(db: Statements): Promise<number> {
  return db.$executeRaw`
    update transaction set next_attempt_at = least(next_attempt_at, now()), lease_token = null, lease_until = null
    where state = 'pending'
      and (next_attempt_at > now() + interval '15 minutes' or lease_until > now() + interval '15 minutes')`
}

/** Says that this worker is alive, and forgets those that are long gone. */
export async function writeHeartbeat(db: Statements, workerId: string, startedAt: Date, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into worker (id, started_at, seen_at) values (${workerId}::uuid, ${startedAt}, ${at})
    on conflict (id) do update set seen_at = excluded.seen_at`
  await db.$executeRaw`delete from worker where seen_at < ${new Date(at.getTime() - 60 * 60 * 1000)}`
}

/** Seconds since a worker was last seen, by the database's clock; null when none ever was. */
export async function secondsSinceHeartbeat(db: Statements): Promise<number | null> {
  const rows = await db.$queryRaw<{ seconds: number | null }[]>`
    select extract(epoch from now() - max(seen_at))::int as seconds from worker where seen_at <= now() + interval '1 minute'`
  return rows[0]?.seconds ?? null
}
