/** The SQL of bulk runs: keep them, find them again, change their state under their lock. */
import type { Form } from '@/lib/certificate-types/type'
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin } from '@/lib/certificates/reach'
import type { Reason } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { BulkKind, BulkState } from './answers'
import type { FileRow } from './read-file'

/** With the change that is proposed: the advisory lock of proposing it. */
const SESSION_LOCK = 7311004

/** What a second person is asked for. */
export interface ProposalFacts {
  certificateId: string
  path: string
  label: string
  from: string
  to: string
  facilityCode: string
  day: string
}

export interface RunFacts {
  id: string
  kind: BulkKind
  origin: 'upload' | 'divoc' | 'proposal'
  type: string
  form: Form
  state: BulkState
  filename: string
  columns: string[]
  reason: Reason | null
  proposal: ProposalFacts | null
  facilityCode: string | null
  expiresAt: Date | null
}

export interface RunRecord extends RunFacts {
  uploadId: number
  outcome: 'discarded' | 'declined' | 'withdrawn' | 'expired' | null
  blank: number
  facilityName: string | null
  byKind: Caller['kind']
  byId: string
  byName: string
  byReach: Pick<Caller, 'facilityCode' | 'facilities' | 'programs' | 'sandbox'>
  createdAt: Date
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | null
  note: string
  startedAt: Date | null
  finishedAt: Date | null
}

export interface RunCounts {
  total: number
  unchecked: number
  ready: number
  needsApproval: number
  unchanged: number
  waiting: number
  done: number
  requested: number
  refused: number
  /** Done, and its certificate could not be issued after all. Asked for by DIVOC's clients alone: 0 of other runs. */
  failed: number
}

export type CountedRun = RunRecord & RunCounts

/** Writes a run; false when there is one with this id already. */
export async function insertRun(db: Statements, facts: RunFacts, by: Caller, at: Date): Promise<boolean> {
  const { facilityCode, facilities, programs, sandbox } = by
  const reach = JSON.stringify({ facilityCode, facilities, programs, sandbox })
  const written = await db.$executeRaw`
    insert into bulk_run (id, kind, origin, type, form, state, filename, columns, reason, proposal, facility_code,
      expires_at, by_kind, by_id, by_name, by_reach, created_at, started_at, turn_at)
    values (${facts.id}::uuid, ${facts.kind}, ${facts.origin}, ${facts.type}, ${facts.form}, ${facts.state},
      ${facts.filename}, ${facts.columns}::text[], ${jsonOf(facts.reason)}::jsonb, ${jsonOf(facts.proposal)}::jsonb,
      ${facts.facilityCode}, ${facts.expiresAt}, ${by.kind}, ${by.id}, ${by.name}, ${reach}::jsonb, ${at},
      ${facts.state === 'running' ? at : null}, ${at})
    on conflict (id) do nothing`
  return written === 1
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** Adds rows: those that are wrong as they are, and those that are looked at (or done) next. */
export async function insertRows(
  db: Statements,
  runId: string,
  rows: FileRow[],
  next: 'unchecked' | 'waiting',
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    insert into bulk_row (run_id, "row", cells, state, problems, next_attempt_at)
    select ${runId}::uuid, g."row", g.cells, case when jsonb_array_length(g.problems) > 0 then 'refused' else ${next} end,
           g.problems, least(${at}::timestamptz, now())
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g("row" int, cells jsonb, problems jsonb)`
}

/** What is known of a file once it is read to its end. */
export async function writeRead(db: Statements, runId: string, columns: string[], blank: number): Promise<void> {
  await db.$executeRaw`
    update bulk_run set columns = ${columns}::text[], blank = ${blank} where id = ${runId}::uuid`
}

/** Whoever changes a run waits here for whoever does at this moment. */
export async function lockRun(db: Statements, id: string): Promise<void> {
  await db.$queryRaw`select 1 from bulk_run where id = ${id}::uuid for update`
}

export async function runById(db: Statements, id: string, at: Date): Promise<CountedRun | null> {
  const rows = await runs(db, at, Prisma.sql`r.id = ${id}::uuid`)
  return rows[0] ?? null
}

/** The same without looking at any of its rows, for those who work at it group by group. */
export async function runFactsById(db: Statements, id: string, at: Date): Promise<RunRecord> {
  const rows = await db.$queryRaw<RunRecord[]>`
    select ${runFacts(at)} from bulk_run r left join facility f on f.code = r.facility_code where r.id = ${id}::uuid`
  return rows[0]!
}

/** Runs that came through DIVOC's address, of one caller, newest first. */
export function divocRuns(db: Statements, by: Caller, type: string, at: Date, limit: number): Promise<CountedRun[]> {
  return runs(
    db,
    at,
    Prisma.sql`r.origin = 'divoc' and r.type = ${type} and r.by_kind = ${by.kind} and r.by_id = ${by.id}
      order by r.created_at desc, r.id desc limit ${limit}`,
  )
}

/** A run by the number that DIVOC's addresses know it by. */
export async function runByUploadId(db: Statements, uploadId: number, at: Date): Promise<CountedRun | null> {
  const rows = await runs(db, at, Prisma.sql`r.origin = 'divoc' and r.upload_id = ${uploadId}::int`)
  return rows[0] ?? null
}

export interface RunPlace {
  at: Date
  id: string
}

/** One page of the runs that somebody may see, newest first: the own ones, for supervisors those of facilities within reach. */
export function runPage(
  db: Statements,
  reader: Caller,
  supervises: boolean,
  after: RunPlace | null,
  size: number,
  at: Date,
): Promise<CountedRun[]> {
  const own = Prisma.sql`(r.by_kind = ${reader.kind} and r.by_id = ${reader.id})`
  const mine = supervises ? Prisma.sql`(${own} or ${seenBy(reader)})` : own
  const beyond = after
    ? Prisma.sql`(r.created_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.sql`true`
  return runs(db, at, Prisma.sql`${mine} and ${beyond} order by r.created_at desc, r.id desc limit ${size}`)
}

/** Nobody but its client has to do with tests. */
function seenBy(reader: Caller): Prisma.Sql {
  return Prisma.sql`(not (r.by_reach->>'sandbox')::boolean and ${facilityWithin(reader, 'r.facility_code')})`
}

/** Proposals within reach that somebody else made. */
export async function countProposed(db: Statements, reader: Caller, at: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from bulk_run r
    where r.state = 'proposed' and r.expires_at > ${at} and r.by_id <> ${reader.id} and ${seenBy(reader)}`
  return row!.count
}

/** Whoever proposes the same change of the same session waits here for whoever does at this moment. */
export async function lockSession(db: Statements, { facilityCode, day, path, from }: ProposalFacts): Promise<void> {
  const change = JSON.stringify([facilityCode, day, path, from])
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${change}, ${SESSION_LOCK}::bigint))`
}

/** A run that still waits or runs for the same change of the same session. */
export async function sameProposed(db: Statements, { facilityCode, day, path, from }: ProposalFacts, at: Date) {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select r.id::text as id from bulk_run r
    where ${facilityWithin({ facilities: [facilityCode] }, 'r.facility_code')} and r.state in ('checking', 'proposed', 'running', 'stopped')
      and (r.expires_at > ${at} or r.started_at is not null)
      and r.proposal->>'day' = ${day} and r.proposal->>'path' = ${path} and r.proposal->>'from' = ${from}
    limit 1`
  return rows[0]?.id ?? null
}

function isExpired(at: Date): Prisma.Sql {
  return Prisma.sql`(r.state in ('checking', 'proposed') and r.started_at is null and coalesce(r.expires_at <= ${at}, false))`
}

/** Of a run `r` and its facility `f`. */
function runFacts(at: Date): Prisma.Sql {
  return Prisma.sql`r.id::text as id, r.upload_id as "uploadId", r.kind, r.origin, r.type, r.form,
           case when ${isExpired(at)} then 'cancelled' else r.state end as state,
           case when ${isExpired(at)} then 'expired' else r.outcome end as outcome,
           r.filename, r.columns, r.blank, r.reason, r.proposal, r.facility_code as "facilityCode",
           f.name as "facilityName", r.by_kind as "byKind", r.by_id as "byId", r.by_name as "byName",
           r.by_reach as "byReach", r.created_at as "createdAt", r.expires_at as "expiresAt",
           r.decided_by_id as "decidedById", r.decided_by_name as "decidedByName", r.decided_at as "decidedAt", r.note,
           r.started_at as "startedAt", r.finished_at as "finishedAt"`
}

function runs(db: Statements, at: Date, which: Prisma.Sql): Promise<CountedRun[]> {
  return db.$queryRaw<CountedRun[]>`
    with found as (
      select r.* from bulk_run r where ${which})
    select ${runFacts(at)}, r.total, r.unchecked, r.ready, r.needs_approval as "needsApproval", r.unchanged, r.waiting,
           r.done, r.requested, r.refused,
           -- Of what failed since it began, not of its rows: those are many.
           case when r.origin = 'divoc' then (
             select count(*)::int from transaction t join bulk_row w on w.transaction_id = t.id
             where t.state = 'failed' and t.finished_at >= r.created_at and w.run_id = r.id and w.state = 'done')
           else 0 end as failed
    from found r
    left join facility f on f.code = r.facility_code
    order by r.created_at desc, r.id desc`
}

/** What was checked begins: from now on the workers do it. */
export async function writeStarted(db: Statements, id: string, at: Date): Promise<void> {
  await db.$executeRaw`
    update bulk_row set state = 'waiting', next_attempt_at = least(${at}::timestamptz, now()), attempts = 0
    where run_id = ${id}::uuid and state = 'ready'`
  await db.$executeRaw`
    update bulk_run set state = 'running', started_at = coalesce(started_at, ${at}), finished_at = null, note = ''
    where id = ${id}::uuid`
}

export async function writeDecided(
  db: Statements,
  id: string,
  by: { id: string; name: string },
  note: string,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update bulk_run set decided_by_id = ${by.id}, decided_by_name = ${by.name}, decided_at = ${at}, note = ${note}
    where id = ${id}::uuid`
}

export async function writeCancelled(
  db: Statements,
  id: string,
  outcome: NonNullable<RunRecord['outcome']>,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update bulk_run set state = 'cancelled', outcome = ${outcome}, finished_at = ${at} where id = ${id}::uuid`
}

export async function writeState(db: Statements, id: string, state: BulkState, note = ''): Promise<void> {
  await db.$executeRaw`update bulk_run set state = ${state}, note = ${note} where id = ${id}::uuid`
}

/** Refused rows are looked at once more. Returns how many. */
export async function recheckRefused(db: Statements, id: string, at: Date): Promise<number> {
  return db.$executeRaw`
    update bulk_row set state = 'unchecked', problems = '[]', changes = null, reasons = '{}', lineage_id = null,
      certificate_id = null, attempts = 0, next_attempt_at = least(${at}::timestamptz, now()), lease_token = null, lease_until = null
    where run_id = ${id}::uuid and state = 'refused'`
}

/** One row with other cells, to be looked at once more; false when it is not one that was refused. */
export async function writeMended(
  db: Statements,
  id: string,
  row: number,
  cells: Record<string, string>,
  at: Date,
): Promise<boolean> {
  const written = await db.$executeRaw`
    update bulk_row set cells = ${JSON.stringify(cells)}::jsonb, state = 'unchecked', problems = '[]', changes = null,
      reasons = '{}', lineage_id = null, certificate_id = null, attempts = 0, next_attempt_at = least(${at}::timestamptz, now()), lease_token = null,
      lease_until = null
    where run_id = ${id}::uuid and "row" = ${row}::int and state = 'refused'`
  return written === 1
}

/** Notes the end of proposals that nobody approved in time. Every read knows it already. */
export async function endExpired(db: Statements, at: Date): Promise<number> {
  return db.$executeRaw`
    with ended as (
      update bulk_run r set state = 'cancelled', outcome = 'expired', finished_at = r.expires_at
      where ${isExpired(at)} returning r.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'bulk.expired', 'system', 'bulk', 'Bulk runs', jsonb_build_object('runId', id) from ended`
}

/** What stood in the rows of runs that are long over is forgotten; what became of each stays. */
export async function forgetCells(db: Statements, before: Date): Promise<number> {
  return db.$executeRaw`
    update bulk_row w set cells = '{}', changes = null from bulk_run r
    where r.id = w.run_id and r.finished_at < ${before} and r.state in ('done', 'cancelled') and w.cells <> '{}'`
}
