/** The SQL of recalls: keep what is proposed, find it again, change its state under its lock. */
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { RecallAction, RecallCounts, RecallCriteria, RecallState } from './answers'
import { fitting, type Target } from './store-matching'

export interface RecallFacts {
  id: string
  action: RecallAction
  criteria: RecallCriteria
  reason: { cause: 'recall'; note: string }
  until: Date | null
  facilityCode: string | null
  snapshot: RecallCounts
  requestedById: string
  requestedByName: string
  requestedAt: Date
  expiresAt: Date
  ofRecallId: string | null
}

export interface RecallRecord extends RecallFacts {
  /** What counts: a proposal that nobody confirmed in time is cancelled, before anybody has noted it. */
  state: RecallState
  outcome: 'declined' | 'withdrawn' | 'expired' | null
  facilityName: string | null
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | null
  note: string
  finishedAt: Date | null
  total: number
  done: number
  refused: number
  waiting: number
}

/** Writes a proposal; false when there is one with this id already. */
export async function insertRecall(db: Statements, facts: RecallFacts): Promise<boolean> {
  const written = await db.$executeRaw`
    insert into recall (id, action, criteria, reason, until, facility_code, snapshot, requested_by_id, requested_by_name,
      requested_at, expires_at, of_recall_id)
    values (${facts.id}::uuid, ${facts.action}, ${JSON.stringify(facts.criteria)}::jsonb,
      ${JSON.stringify(facts.reason)}::jsonb, ${facts.until}, ${facts.facilityCode},
      ${JSON.stringify(facts.snapshot)}::jsonb, ${facts.requestedById}, ${facts.requestedByName}, ${facts.requestedAt},
      ${facts.expiresAt}, ${facts.ofRecallId}::uuid)
    on conflict (id) do nothing`
  return written === 1
}

/** Keeps which certificates the first person saw. Returns how many. */
export function insertProposedRows(db: Statements, recallId: string, target: Target): Promise<number> {
  return db.$executeRaw`
    insert into recall_row (recall_id, certificate_id)
    select ${recallId}::uuid, f.certificate_id from (${fitting(target)}) f where f.covered`
}

/** Fixes what the recall covers from now on: what fits at this moment, and nothing else. Returns how many rows that is. */
export async function fixRows(db: Statements, recallId: string, target: Target): Promise<number> {
  await db.$executeRaw`delete from recall_row where recall_id = ${recallId}::uuid`
  return db.$executeRaw`
    insert into recall_row (recall_id, certificate_id, state)
    select ${recallId}::uuid, f.certificate_id, 'waiting' from (${fitting(target)}) f where f.covered`
}

/**
 * What fits now and is not among the rows, and which rows do not fit any more. By "except": rows that were just written are
 * not in the planner's statistics, and a join of them compared each with each.
 */
export async function differencesNow(
  db: Statements,
  recallId: string,
  target: Target,
): Promise<{ added: number; gone: number }> {
  const [row] = await db.$queryRaw<{ added: number; gone: number }[]>`
    with covered as materialized (select f.certificate_id as id from (${fitting(target)}) f where f.covered),
    mine as materialized (select certificate_id, followed_id, state from recall_row where recall_id = ${recallId}::uuid)
    select (select count(*)::int from (
              select id from covered except (select certificate_id from mine union all select followed_id from mine)) a) as added,
           (select count(*)::int from (
              select certificate_id from mine where state = 'proposed' except select id from covered) g) as gone`
  return row!
}

/** Whoever changes a recall waits here for whoever does at this moment, a worker at one of its groups included. */
export async function lockRecall(db: Statements, id: string): Promise<void> {
  await db.$queryRaw`select 1 from recall where id = ${id}::uuid for update`
}

/** One recall; null when there is none. */
export async function recallById(db: Statements, id: string, at: Date): Promise<RecallRecord | null> {
  const rows = await recalls(db, at, Prisma.sql`r.id = ${id}::uuid`)
  return rows[0] ?? null
}

/** The place of a recall in the list: what waits or runs first, then the newest. */
export interface Place {
  rank: number
  at: Date
  id: string
}

/** One page of the recalls within reach, those that are not over first. */
export function recallPage(
  db: Statements,
  reader: Caller,
  after: Place | null,
  size: number,
  at: Date,
): Promise<RecallRecord[]> {
  const scope = facilityWithin(reader, 'r.facility_code')
  const rank = rankAt(at)
  const beyond = after
    ? Prisma.sql`(${rank} > ${after.rank}::int or (${rank} = ${after.rank}::int and (r.requested_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)))`
    : Prisma.sql`true`
  return recalls(
    db,
    at,
    Prisma.sql`${scope} and ${beyond} order by ${rank}, r.requested_at desc, r.id desc limit ${size}`,
  )
}

/** The rank of a recall in the list. */
export function rankOf({ state }: Pick<RecallRecord, 'state'>): number {
  return state === 'done' || state === 'cancelled' ? 1 : 0
}

function rankAt(at: Date): Prisma.Sql {
  return Prisma.sql`(case when r.state in ('done', 'cancelled') or ${isExpired(at)} then 1 else 0 end)`
}

function isExpired(at: Date): Prisma.Sql {
  return Prisma.sql`(r.state = 'proposed' and r.expires_at <= ${at})`
}

function recalls(db: Statements, at: Date, which: Prisma.Sql): Promise<RecallRecord[]> {
  return db.$queryRaw<RecallRecord[]>`
    select r.id::text as id, r.action, r.criteria, r.reason, r.until,
           case when ${isExpired(at)} then 'cancelled' else r.state end as state,
           case when ${isExpired(at)} then 'expired' else r.outcome end as outcome,
           r.facility_code as "facilityCode", f.name as "facilityName", r.snapshot,
           r.requested_by_id as "requestedById", r.requested_by_name as "requestedByName",
           r.requested_at as "requestedAt", r.expires_at as "expiresAt", r.of_recall_id::text as "ofRecallId",
           r.decided_by_id as "decidedById", r.decided_by_name as "decidedByName", r.decided_at as "decidedAt",
           r.note, r.finished_at as "finishedAt", n.total, n.done, n.refused, n.waiting
    from recall r
    left join facility f on f.code = r.facility_code
    cross join lateral (
      select count(*)::int as total, (count(*) filter (where w.state = 'done'))::int as done,
             (count(*) filter (where w.state = 'refused'))::int as refused,
             (count(*) filter (where w.state = 'waiting'))::int as waiting
      from recall_row w where w.recall_id = r.id) n
    where ${which}`
}

/** Proposals within reach that somebody else made. */
export async function countWaiting(db: Statements, reader: Caller, at: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from recall r
    where r.state = 'proposed' and r.expires_at > ${at} and r.requested_by_id <> ${reader.id}
      and ${facilityWithin(reader, 'r.facility_code')}`
  return row!.count
}

/** Recalls of the same batch that wait or run: of facilities within reach, or of all of them. */
export async function openOfBatch(db: Statements, reader: Caller, batch: string, at: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select r.id::text as id from recall r
    where r.action <> 'lift' and r.state in ('proposed', 'running', 'stopped') and not ${isExpired(at)}
      and (r.facility_code is null or ${facilityWithin(reader, 'r.facility_code')})
      and upper(regexp_replace(r.criteria->>'batch', '\\s', '', 'g')) = upper(regexp_replace(${batch}::text, '\\s', '', 'g'))
    order by r.requested_at desc limit 10`
  return rows.map((row) => row.id)
}

/** The lift of a recall that waits, runs or is done; null when there is none. */
export async function liftOf(db: Statements, recallId: string, at: Date): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select r.id::text as id from recall r
    where r.of_recall_id = ${recallId}::uuid and r.state <> 'cancelled' and not ${isExpired(at)}
    order by r.requested_at desc limit 1`
  return rows[0]?.id ?? null
}

/** The second person said yes: the workers begin. */
export async function writeConfirmed(
  db: Statements,
  id: string,
  by: { id: string; name: string },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update recall set state = 'running', decided_by_id = ${by.id}, decided_by_name = ${by.name}, decided_at = ${at}
    where id = ${id}::uuid and state = 'proposed'`
}

/** The end of a proposal. Its rows stay, to tell what was seen. */
export async function writeCancelled(
  db: Statements,
  id: string,
  cancelled: { outcome: 'declined' | 'withdrawn'; note: string; by: { id: string; name: string } },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update recall set state = 'cancelled', outcome = ${cancelled.outcome}, note = ${cancelled.note},
      decided_by_id = ${cancelled.by.id}, decided_by_name = ${cancelled.by.name}, decided_at = ${at}, finished_at = ${at}
    where id = ${id}::uuid and state = 'proposed'`
}

/** Stops a running recall, or lets a stopped one go on. */
export async function writeState(db: Statements, id: string, state: 'running' | 'stopped'): Promise<void> {
  await db.$executeRaw`update recall set state = ${state} where id = ${id}::uuid and state in ('running', 'stopped')`
}

/** Ends a stopped recall because it is lifted: what it has not come to, it leaves alone. Returns how many rows. */
export async function endStopped(db: Statements, id: string, at: Date): Promise<number> {
  const left = await db.$executeRaw`
    update recall_row set state = 'refused', code = 'RECALL_STATE', at = ${at},
      message = 'The recall was lifted before it came to this certificate.'
    where recall_id = ${id}::uuid and state = 'waiting'`
  await db.$executeRaw`
    update recall set state = 'done', finished_at = ${at} where id = ${id}::uuid and state = 'stopped'`
  return left
}

/** Notes the end of proposals that nobody confirmed in time. Every read knows it already. */
export async function endExpired(db: Statements, at: Date): Promise<number> {
  return db.$executeRaw`
    with ended as (
      update recall r set state = 'cancelled', outcome = 'expired', finished_at = r.expires_at
      where ${isExpired(at)} returning r.id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'recall.expired', 'system', 'recalls', 'Recalls', jsonb_build_object('recallId', id) from ended`
}
