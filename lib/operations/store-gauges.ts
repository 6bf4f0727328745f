/** The SQL of the figures that the database says: one statement, over partial indexes alone, bounded however long a queue is. */
import type { Statements } from '@/lib/db'

/** What the database says at this moment; ages in seconds, 0 where nothing waits. */
export interface Standing {
  waiting: number
  postponed: number
  failedLastDay: number
  queueAge: number
  outboxLength: number
  outboxAge: number
  webhooksWaiting: number
  webhookAge: number
  webhooksStopped: number
  auditSealLag: number
  statusListLag: number
  /** null before the first list. */
  statusListValid: number | null
  workersSeen: number
  signingJobs: number
  sampleProblems: number
}

/** However much waits: counting more costs time, and nobody would act otherwise. */
const MOST = 100_000

/** `topics`: our names of them. Times are the database's own. */
export async function standing(db: Statements, topics: string[]): Promise<Standing> {
  const rows = await db.$queryRaw<Standing[]>`
    with outbox_heads as (
      select w.created_at from unnest(${topics}::text[]) t(topic)
      cross join lateral (
        select created_at from outbox o
        where o.topic = t.topic and o.published_at is null and o.failure is null order by o.id limit 1) w),
    deliveries as (
      select d.n, d.due from webhook h
      cross join lateral (
        select (select count(*) from (
                  select 1 from webhook_delivery w where w.webhook_id = h.id and w.state = 'waiting' limit ${MOST}::int) c) as n,
               (select min(next_attempt_at) from webhook_delivery w where w.webhook_id = h.id and w.state = 'waiting') as due) d
      where not h.disabled and h.stopped_at is null),
    sealed as (select era, last_xid, last_id from audit_seal order by n desc limit 1)
    select
      (select count(*)::int from (
        select 1 from transaction where state = 'pending' and next_attempt_at <= now() limit ${MOST}::int) t) as waiting,
      (select count(*)::int from (
        select 1 from transaction where state = 'pending' and next_attempt_at > now() limit ${MOST}::int) t) as postponed,
      (select count(*)::int from (
        select 1 from transaction where state = 'failed' and finished_at > now() - interval '1 day' limit ${MOST}::int) t) as "failedLastDay",
      (select greatest(0, extract(epoch from now() - coalesce(min(next_attempt_at), now())))::float8
       from transaction where state = 'pending') as "queueAge",
      (select count(*)::int from (
        select 1 from outbox where published_at is null and failure is null limit ${MOST}::int) o) as "outboxLength",
      (select greatest(0, extract(epoch from now() - coalesce(min(created_at), now())))::float8 from outbox_heads) as "outboxAge",
      (select coalesce(sum(n), 0)::int from deliveries) as "webhooksWaiting",
      (select greatest(0, extract(epoch from now() - coalesce(min(due), now())))::float8 from deliveries) as "webhookAge",
      (select count(*)::int from webhook where stopped_at is not null and not disabled) as "webhooksStopped",
      coalesce((
        select greatest(0, extract(epoch from now() - e.at))::float8
        from (select * from sealed union all select -1, '0'::xid8, 0 where not exists (select 1 from sealed)) s
        cross join lateral (
          select at from audit_event e where (e.era, e.xid, e.id) > (s.era, s.last_xid, s.last_id)
          order by e.era, e.xid, e.id limit 1) e), 0) as "auditSealLag",
      coalesce((
        select greatest(0, extract(epoch from now() - at))::float8
        from status_entry where listed_at is null order by id limit 1), 0) as "statusListLag",
      (select extract(epoch from min(valid_until) - now())::float8 from status_list_credential) as "statusListValid",
      (select count(*)::int from worker where seen_at > now() - interval '30 seconds') as "workersSeen",
      (select count(*)::int from (select 1 from signing_job where state = 'waiting' limit ${MOST}::int) j) as "signingJobs",
      coalesce((
        select jsonb_array_length(problems) from sample_check
        where finished_at is not null order by id desc limit 1), 0) as "sampleProblems"`
  return rows[0]!
}
