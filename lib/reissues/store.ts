/** The SQL of re-issues: keep what is asked for, find it again, change its state under its lock. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { ReissueChoice, ReissueState, ReissueView, RowState, SkipCode } from './answers'

export interface ReissueFacts {
  id: string
  type: string
  version: number
  choice: ReissueChoice
  reason: string
  perMinute: number
  requestedById: string
  requestedByName: string
  requestedAt: Date
}

export interface ReissueRecord extends ReissueFacts {
  state: ReissueState
  pausedWhy: ReissueView['pausedWhy']
  /** While it is chosen: how much of the registry was looked through, from 0 to 1; then 1. */
  share: number
  startedById: string | null
  startedByName: string | null
  startedAt: Date | null
  finishedAt: Date | null
  /** Rows by state. */
  counts: Partial<Record<RowState, number>>
  skipped: { code: string; count: number }[]
  /** Rows that ended within the last minute. */
  lately: number
}

/** Writes a run; false when there is one with this id already. */
export async function insertReissue(db: Statements, facts: ReissueFacts): Promise<boolean> {
  const written = await db.$executeRaw`
    insert into reissue (id, type, version, choice, reason, per_minute, requested_by_id, requested_by_name, requested_at)
    values (${facts.id}::uuid, ${facts.type}, ${facts.version}, ${JSON.stringify(facts.choice)}::jsonb, ${facts.reason},
      ${facts.perMinute}, ${facts.requestedById}, ${facts.requestedByName}, ${facts.requestedAt})
    on conflict (id) do nothing`
  return written === 1
}

/** Whoever changes a run waits here for whoever does at this moment, a worker at one of its groups included. */
export async function lockReissue(db: Statements, id: string): Promise<void> {
  await db.$queryRaw`select 1 from reissue where id = ${id}::uuid for update`
}

/** One run; null when there is none. */
export async function reissueById(db: Statements, id: string): Promise<ReissueRecord | null> {
  const rows = await reissues(db, Prisma.sql`r.id = ${id}::uuid`)
  return rows[0] ?? null
}

/** The newest first, after a place; `by` = only those that this person made. */
export function reissuePage(
  db: Statements,
  { by, after, size }: { by: string | null; after: { at: Date; id: string } | null; size: number },
): Promise<ReissueRecord[]> {
  const whose = by === null ? Prisma.sql`true` : Prisma.sql`r.requested_by_id = ${by}`
  const beyond = after
    ? Prisma.sql`(r.requested_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.sql`true`
  return reissues(db, Prisma.sql`${whose} and ${beyond} order by r.requested_at desc, r.id desc limit ${size}`)
}

/** By time, as `endOf` of a part. */
const SHARE = Prisma.sql`(case when r.chosen_to is null then 1 else (
  select coalesce(least(0.99, extract(epoch from t.accepted_at - f.at) / nullif(extract(epoch from r.requested_at - f.at), 0)), 0)
  from transaction t, (select min(accepted_at) as at from transaction) f where t.id = r.chosen_to) end)::float`

function reissues(db: Statements, which: Prisma.Sql): Promise<ReissueRecord[]> {
  return db.$queryRaw<ReissueRecord[]>`
    select r.id::text as id, r.type, r.version, r.choice, r.reason, case r.state when 'choosing' then 'checking' else r.state end as state, r.paused_why as "pausedWhy", ${SHARE} as share,
           r.per_minute as "perMinute", r.requested_by_id as "requestedById", r.requested_by_name as "requestedByName",
           r.requested_at as "requestedAt", r.started_by_id as "startedById", r.started_by_name as "startedByName",
           r.started_at as "startedAt", r.finished_at as "finishedAt",
           (select coalesce(jsonb_object_agg(s.state, s.n), '{}') from (
              select w.state, count(*)::int as n from reissue_row w where w.reissue_id = r.id group by w.state) s) as counts,
           (select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'count', s.n) order by s.n desc, s.code), '[]') from (
              select w.code, count(*)::int as n from reissue_row w
              where w.reissue_id = r.id and w.state = 'skipped' group by w.code) s) as skipped,
           (select count(*)::int from reissue_row w where r.state = 'running' and w.reissue_id = r.id
              and w.state in ('done', 'skipped', 'failed') and w.at > now() - interval '1 minute' and w.at >= r.started_at) as lately
    from reissue r where ${which}`
}

/** Which part was chosen last, with its rows; null = that was the last one. */
export async function writeChosenTo(db: Statements, id: string, last: string | null): Promise<void> {
  await db.$executeRaw`
    update reissue set chosen_to = ${last}::uuid, state = case when ${last}::uuid is null then 'checking' else 'choosing' end
    where id = ${id}::uuid and state in ('choosing', 'checking')`
}

/** It begins: in the name of whoever says so. */
export async function writeStarted(
  db: Statements,
  id: string,
  by: { id: string; name: string },
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    update reissue set state = 'running', started_by_id = ${by.id}, started_by_name = ${by.name}, started_at = ${at}
    where id = ${id}::uuid`
}

/** Pauses it, lets it go on, or ends it. */
export async function writeState(
  db: Statements,
  id: string,
  {
    state,
    finishedAt = null,
    pausedWhy = null,
  }: { state: ReissueState; finishedAt?: Date | null; pausedWhy?: 'version' | null },
): Promise<void> {
  await db.$executeRaw`
    update reissue set state = ${state}, paused_why = ${pausedWhy}, finished_at = ${finishedAt} where id = ${id}::uuid`
}

/** Rows that failed or were skipped are looked at again. Returns how many. */
export async function againRows(db: Statements, id: string): Promise<number> {
  return db.$executeRaw`
    update reissue_row set state = 'waiting', code = null, fields = '[]', transaction_id = null, at = null, next_attempt_at = now()
    where reissue_id = ${id}::uuid and state in ('failed', 'skipped')`
}

export interface RowRecord {
  certificateId: string
  facilityCode: string
  facilityName: string
  state: RowState
  code: SkipCode | string | null
  fields: { path: string; message: string }[]
  newCertificateId: string | null
  at: Date | null
}

/** Rows of a run by number, after a number (null = from the first). `state` null = all. */
export function reissueRows(
  db: Statements,
  reissueId: string,
  asked: { state: RowState | null; after: string | null; limit: number },
): Promise<RowRecord[]> {
  const state = asked.state === null ? Prisma.sql`true` : Prisma.sql`r.state = ${asked.state}`
  const after = asked.after === null ? Prisma.sql`true` : Prisma.sql`r.certificate_id > ${asked.after}`
  return db.$queryRaw<RowRecord[]>`
    with page as materialized (
      select * from reissue_row r where r.reissue_id = ${reissueId}::uuid and ${state} and ${after}
      order by r.certificate_id limit ${asked.limit})
    select p.certificate_id as "certificateId", l.facility_code as "facilityCode", f.name as "facilityName",
           p.state, p.code, p.fields, case when p.state = 'done' then t.certificate_id end as "newCertificateId", p.at
    from page p
    join certificate c on c.certificate_id = p.certificate_id
    join lineage l on l.id = c.lineage_id
    join facility f on f.code = l.facility_code
    left join transaction t on t.id = p.transaction_id
    order by p.certificate_id`
}
