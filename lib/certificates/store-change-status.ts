/** The SQL of revoking, suspending and lifting: lock the lineages, read where they stand, write what becomes of them. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { StatusReason } from './answers'
import type { Ended } from './events'
import type { CertificateRecord } from './record'
import type { Standing } from './rules'
import { json, type Actor } from './store'
import { isOver, sinceAt, stateAt, untilAt } from './store-effective'
import { grantsTakenBack } from './store-requests'

/** A certificate beside its lineage, locked. */
export interface StandingRow extends Standing {
  lineageId: string
  type: string
  facilityCode: string
  programId: string
  sandbox: boolean
  dose: number
  /** When it came into its state. */
  since: Date
  /** A suspension whose end has come, which nobody has noted yet. */
  overSince: Date | null
  record: CertificateRecord
  form: 'certifyV2' | 'certifyV3'
  predecessorId: string | null
  credential: string
}

/**
 * Locks the lineages of these certificates, and the doses kept for those of them that move, in the order in which
 * accepting and issuing lock them, then reads where the certificates stand. A number that the registry does not have
 * (real ones, or those of the sandbox) is missing in the answer.
 */
export async function lockStandings(
  db: Statements,
  certificateIds: string[],
  sandbox: boolean,
  at: Date,
): Promise<StandingRow[]> {
  await db.$queryRaw`
    with mine as materialized (
      select l.id, l.pre_enrollment_code from certificate c join lineage l on l.id = c.lineage_id
      where c.certificate_id = any(${certificateIds}::text[]) and l.sandbox = ${sandbox})
    select 1 from lineage l
    where l.id in (
      select id from mine
      union all
      select kept.id from mine
      join lineage kept on kept.pre_enrollment_code = mine.pre_enrollment_code and kept.reserved_for = mine.id)
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation, l.sandbox
    for update of l`
  return db.$queryRaw<StandingRow[]>`
    select c.certificate_id as "certificateId", l.head_certificate_id as "headCertificateId",
           l.id as "lineageId", l.type, l.facility_code as "facilityCode",
           l.program_id as "programId", l.sandbox, l.dose,
           ${stateAt('c', at)} as state, ${sinceAt('c', at)} as since, ${untilAt('c', at)} as until,
           case when ${isOver('c', at)} then c.suspended_until end as "overSince",
           (select s.reason from status_entry s where s.certificate_id = c.certificate_id order by s.id desc limit 1) as reason,
           exists (select 1 from status_entry s where s.certificate_id = c.certificate_id and s.state = 'suspended') as "wasSuspended",
           t.request as record, t.form, c.predecessor_id as "predecessorId", c.credential
    from certificate c
    join lineage l on l.id = c.lineage_id
    join transaction t on t.id = c.transaction_id
    where c.certificate_id = any(${certificateIds}::text[]) and l.sandbox = ${sandbox}`
}

/**
 * The newest certificate in the place of each of these that was only made anew since then, with nothing corrected: whoever
 * knows the old number means it. Under the locks of `lockStandings`.
 */
export async function reissuedAs(db: Statements, certificateIds: string[]): Promise<Map<string, string>> {
  if (certificateIds.length === 0) return new Map()
  const rows = await db.$queryRaw<{ id: string; newest: string }[]>`
    select c.certificate_id as id, l.head_certificate_id as newest
    from certificate c
    join transaction t on t.id = c.transaction_id
    join lineage l on l.id = c.lineage_id
    where c.certificate_id = any(${certificateIds}::text[]) and l.head_certificate_id <> c.certificate_id
      and not exists (select 1 from transaction corrected
                      where corrected.lineage_id = l.id and corrected.sequence > t.sequence
                        and corrected.state = 'issued' and corrected.kind <> 'reissue')`
  return new Map(rows.map(({ id, newest }) => [id, newest]))
}

/** The newest certificate of each dose of a code that is not revoked, with its lineage locked, by dose; null = it is being issued. */
export async function lockedHeads(
  db: Statements,
  type: string,
  code: string,
  sandbox: boolean,
): Promise<{ certificateId: string | null; dose: number; programId: string; facilityCode: string }[]> {
  await db.$queryRaw`
    select 1 from lineage l
    where l.type = ${type} and l.pre_enrollment_code = ${code} and l.sandbox = ${sandbox}
    order by l.pre_enrollment_code, l.program_id, l.dose, l.generation, l.sandbox
    for update of l`
  return db.$queryRaw`
    select l.head_certificate_id as "certificateId", l.dose, l.program_id as "programId",
           l.facility_code as "facilityCode"
    from lineage l
    where l.type = ${type} and l.pre_enrollment_code = ${code} and l.sandbox = ${sandbox}
      and l.open and (l.head_certificate_id is not null
        or exists (select 1 from transaction t where t.lineage_id = l.id and t.state = 'pending'))
    order by l.dose, l.program_id`
}

/** What a certificate becomes. */
export interface StatusToWrite {
  certificateId: string
  lineageId: string
  state: 'current' | 'revoked' | 'suspended'
  until: Date | null
  reason: StatusReason | null
  /** The end of a suspension that is noted along with this. */
  overSince: Date | null
}

const ACTION_OF = { revoked: 'certificate.revoked', suspended: 'certificate.suspended', current: 'certificate.lifted' }

/** Writes states, entries and audit; a revoked certificate closes its generation: the dose can be certified again. */
export async function writeStatuses(db: Statements, statuses: StatusToWrite[], by: Actor, at: Date): Promise<void> {
  const rows = statuses.map((status) => ({ ...status, action: ACTION_OF[status.state] }))
  await db.$executeRaw`
    with given as (
      select * from jsonb_to_recordset(${json(rows)}::jsonb) as g("certificateId" text, "lineageId" uuid, state certificate_state,
        until timestamptz, reason jsonb, "overSince" timestamptz, action text)),
    changed as (
      update certificate c set state = given.state, suspended_until = given.until
      from given where c.certificate_id = given."certificateId"),
    closed as (
      update lineage l set open = false from given where l.id = given."lineageId" and given.state = 'revoked'),
    entries as (
      insert into status_entry (certificate_id, state, reason, actor_kind, actor_id, actor_name, until, at)
      select e.id, e.state, e.reason, e.kind, e.actor, e.name, e.until, e.at
      from (
        select 0 as n, "certificateId" as id, 'current'::certificate_state as state, null::jsonb as reason, 'system' as kind,
               'suspensions' as actor, 'End of the suspension' as name, null::timestamptz as until, "overSince" as at
        from given where "overSince" is not null
        union all
        select 1, "certificateId", state, nullif(reason, 'null'::jsonb), ${by.kind}, ${by.id}, ${by.name}, until, ${at} from given) e
      order by e.n, e.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
    select ${at}, action, ${by.kind}, ${by.id}, ${by.name}, "lineageId", "certificateId",
           jsonb_strip_nulls(jsonb_build_object('cause', reason->>'cause', 'until', until))
    from given`
}

/** A request that ended with the certificate it was to replace. */
export interface EndedWithIt extends Ended {
  transactionId: string
  failureCode: string
  failureMessage: string
}

/**
 * Ends the updates that wait in these lineages, and frees the doses kept for their moves. A worker that is signing one
 * finds it ended when it commits. Returns what ended, by lineage and sequence.
 */
export async function endWaiting(
  db: Statements,
  lineages: { lineageId: string; code: string; message: string }[],
  at: Date,
): Promise<EndedWithIt[]> {
  return db.$queryRaw<EndedWithIt[]>`
    with given as (
      select * from jsonb_to_recordset(${json(lineages)}::jsonb) as g("lineageId" uuid, code text, message text)),
    ended as (
      update transaction t
      set state = 'failed', finished_at = ${at}, lease_token = null, lease_until = null,
          failure_code = given.code, failure_message = given.message
      from given where t.lineage_id = given."lineageId" and t.state = 'pending'
      returning t.id, t.lineage_id, t.kind, t.sequence, t.request, t.bulk_row, t.corrected_dose, t.failure_code,
                t.failure_message, t.caller_kind, t.caller_id, t.caller_name, t.request_id, t.traceparent),
    freed as (
      delete from lineage kept using ended, lineage m
      where ended.corrected_dose is not null and m.id = ended.lineage_id
        and kept.pre_enrollment_code = m.pre_enrollment_code and kept.reserved_for = m.id),
    taken_back as (${grantsTakenBack(Prisma.sql`select id from ended`)}),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      select ${at}, kind::text || '.failed', caller_kind, caller_id, caller_name, lineage_id, null,
             jsonb_build_object('transactionId', id, 'code', failure_code)
      from ended)
    select ended.id as "transactionId", lineage_id as "lineageId", l.type, request as record, bulk_row as "bulkRow",
           failure_code as "failureCode", failure_message as "failureMessage", request_id as "requestId", traceparent
    from ended join lineage l on l.id = ended.lineage_id order by lineage_id, sequence`
}

/** Certificates whose suspension has come to its end, the longest over first. */
export async function endedSuspensions(
  db: Statements,
  at: Date,
  limit: number,
): Promise<{ certificateId: string; sandbox: boolean }[]> {
  return db.$queryRaw`
    select c.certificate_id as "certificateId", l.sandbox
    from certificate c join lineage l on l.id = c.lineage_id
    where c.suspended_until <= ${at}
    order by c.suspended_until limit ${limit}`
}

/** Notes that suspensions are over, for those whose lineage is locked. Returns the numbers of those that were. */
export async function writeSuspensionsOver(db: Statements, certificateIds: string[], at: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    with over as (
      select c.certificate_id, c.lineage_id, c.suspended_until from certificate c
      where c.certificate_id = any(${certificateIds}::text[]) and c.suspended_until <= ${at}),
    lifted as (
      update certificate c set state = 'current', suspended_until = null
      from over where c.certificate_id = over.certificate_id),
    entries as (
      insert into status_entry (certificate_id, state, actor_kind, actor_id, actor_name, at)
      select certificate_id, 'current', 'system', 'suspensions', 'End of the suspension', suspended_until
      from over order by suspended_until),
    audited as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, lineage_id, certificate_id, detail)
      select ${at}, 'certificate.lifted', 'system', 'suspensions', 'End of the suspension', lineage_id, certificate_id,
             jsonb_build_object('over', suspended_until)
      from over)
    select certificate_id as id from over`
  return rows.map(({ id }) => id)
}
