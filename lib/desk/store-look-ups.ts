/** The SQL of look-ups: which records somebody asked for in an hour or a day, and where that was too much. */
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

export type Span = 'hour' | 'day'

const KEPT_HOURS = 48

/**
 * Counts a record in each span, unless it is counted there already, and answers the how many-th it is. Beyond `most` nothing
 * is written any more, and the span is missing in the answer. Only hashes are kept, for two days. One statement that waits
 * for no disk: a database that crashes may forget the last second.
 */
export async function countAsked(
  db: Statements,
  actor: string,
  subject: { code: string } | { certificateId: string },
  spans: { span: Span; since: Date }[],
  most: number,
): Promise<Map<Span, number>> {
  const text = 'code' in subject ? subject.code : subject.certificateId
  const number = 'certificateId' in subject ? subject.certificateId : null
  const windows = JSON.stringify(spans)
  const rows = await db.$queryRaw<{ span: Span; n: number }[]>`
    with asked as (
      select sha256(convert_to(coalesce(
        (select l.pre_enrollment_code from certificate c join lineage l on l.id = c.lineage_id
         where c.certificate_id = ${number}::text), ${text}::text), 'UTF8')) as subject
      from (select set_config('synchronous_commit', 'off', true) as value) as hurried where hurried.value is not null),
    windows as (select * from jsonb_to_recordset(${windows}::jsonb) as w(span text, since timestamptz)),
    known as (
      select l.span, l.n from look_up l join windows w on l.span = w.span and l.since = w.since
      join asked on l.subject = asked.subject where l.actor = ${actor}),
    counted as (
      insert into look_up_window as t (actor, span, since, count)
      select ${actor}, w.span, w.since, 1 from windows w, asked
      where not exists (select 1 from known k where k.span = w.span)
      order by w.span
      on conflict (actor, span, since) do update set count = t.count + 1 where t.count < ${most}::int
      returning t.span, t.since, t.count),
    written as (
      insert into look_up (actor, span, since, subject, n)
      select ${actor}, c.span, c.since, asked.subject, c.count from counted c, asked
      on conflict do nothing)
    select span, n from known union all select span, count from counted`
  const fresh = rows.some(({ n }) => n === 1)
  if (fresh) await forgetOld(db, spans[0]!.since)
  return new Map(rows.map(({ span, n }) => [span, n]))
}

async function forgetOld(db: Statements, at: Date): Promise<void> {
  const before = new Date(at.getTime() - KEPT_HOURS * 60 * 60_000)
  await db.$executeRaw`delete from look_up where since < ${before}`
  await db.$executeRaw`delete from look_up_window where since < ${before}`
}

/**
 * Writes that somebody's budget is used up, once for each time it was given, with its line in the audit, and answers how
 * many records are allowed by now: the budget, and as much again for each time it was lifted.
 */
export async function writeStop(
  db: Statements,
  by: Caller,
  stop: { id: string; span: Span; since: Date; budget: number; n: number; at: Date },
): Promise<number> {
  const [row] = await db.$queryRaw<{ allowed: number }[]>`
    with lifted as (
      select ${stop.budget}::int * (1 + count(*)::int) as allowed from look_up_stop
      where actor_kind = ${by.kind} and actor_id = ${by.id} and span = ${stop.span} and since = ${stop.since}
        and lifted_at is not null),
    stopped as (
      insert into look_up_stop (id, actor_kind, actor_id, actor_name, facility_code, span, since, budget, stopped_at)
      select ${stop.id}::uuid, ${by.kind}, ${by.id}, ${by.name}, ${by.facilityCode}, ${stop.span}, ${stop.since},
             allowed, ${stop.at}
      from lifted where allowed < ${Number.isFinite(stop.n) ? stop.n : 2_000_000_000}::int
      on conflict do nothing returning span, budget),
    told as (
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      select ${stop.at}, 'look_ups.stopped', ${by.kind}, ${by.id}, ${by.name},
             jsonb_build_object('span', span, 'budget', budget) from stopped)
    select allowed from lifted`
  return row!.allowed
}

export interface StopRow {
  id: string
  actorKind: 'operator' | 'client'
  actorId: string
  actorName: string
  facilityCode: string | null
  facilityName: string | null
  span: Span
  since: Date
  budget: number
  stoppedAt: Date
  liftedAt: Date | null
  liftedByName: string | null
  reason: string | null
}

/** Those of a reach (null = everywhere) since an instant: first those that stop somebody at `now`, the newest first. */
export function stopsSince(
  db: Statements,
  reach: Pick<Caller, 'facilities'>,
  since: Date,
  now: Date,
): Promise<StopRow[]> {
  const length = Prisma.sql`case s.span when 'hour' then interval '1 hour' else interval '1 day' end`
  return stops(
    db,
    Prisma.sql`s.stopped_at > ${since} and ${facilityWithin(reach, 's.facility_code')}
      order by (s.lifted_at is null and s.since + ${length} > ${now}) desc, s.stopped_at desc, s.id limit 200`,
  )
}

export async function stopById(db: Statements, id: string): Promise<StopRow | null> {
  return (await stops(db, Prisma.sql`s.id = ${id}::uuid`))[0] ?? null
}

function stops(db: Statements, which: Prisma.Sql): Promise<StopRow[]> {
  return db.$queryRaw`
    select s.id::text as id, s.actor_kind as "actorKind", s.actor_id as "actorId", s.actor_name as "actorName",
           s.facility_code as "facilityCode", f.name as "facilityName", s.span, s.since, s.budget,
           s.stopped_at as "stoppedAt", s.lifted_at as "liftedAt", s.lifted_by_name as "liftedByName", s.reason
    from look_up_stop s left join facility f on f.code = s.facility_code where ${which}`
}

/** Lifts a stop that nobody lifted yet, with its line in the audit. */
export async function liftStop(db: Statements, by: Caller, id: string, reason: string, at: Date): Promise<void> {
  await db.$executeRaw`
    with lifted as (
      update look_up_stop set lifted_at = ${at}, lifted_by_id = ${by.id}::uuid, lifted_by_name = ${by.name}, reason = ${reason}
      where id = ${id}::uuid and lifted_at is null returning *)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'look_ups.lifted', ${by.kind}, ${by.id}, ${by.name},
           jsonb_build_object('span', span, 'budget', budget, 'of', actor_id) from lifted`
}
