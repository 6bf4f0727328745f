/** The SQL of the checks: which ones there are, who works at one, and the certificates of a sample as they are stored. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { stateAt } from '@/lib/certificates/store-effective'
import type { CheckProblem } from './answers'

/** One check of a sample, finished or not. */
export interface CheckRow {
  id: string
  /** YYYY-MM-DD; null when somebody asked for it. */
  night: string | null
  requestedByName: string | null
  startedAt: Date
  finishedAt: Date | null
  size: number
  checked: number
  problems: CheckProblem[]
}

const COLUMNS = Prisma.raw(`id::text, night::text, requested_by_name as "requestedByName", started_at as "startedAt",
  finished_at as "finishedAt", size, checked, problems`)

/** The last checks, newest first. */
export async function lastChecks(db: Statements, limit: number): Promise<CheckRow[]> {
  return db.$queryRaw<CheckRow[]>`select ${COLUMNS} from sample_check order by id desc limit ${limit}::int`
}

/** The last one that came to an end. */
export async function lastFinishedCheck(db: Statements): Promise<CheckRow | null> {
  const rows = await db.$queryRaw<CheckRow[]>`
    select ${COLUMNS} from sample_check where finished_at is not null order by id desc limit 1`
  return rows[0] ?? null
}

/** Begins the check of a night, unless it was begun already or another one is not finished. Whether it did. */
export async function beginNightly(db: Statements, night: string, size: number, at: Date): Promise<boolean> {
  const begun = await db.$executeRaw`
    insert into sample_check (night, started_at, size)
    select ${night}::date, ${at}, ${size}::int
    where not exists (select 1 from sample_check where night = ${night}::date or finished_at is null)
    on conflict do nothing`
  return begun > 0
}

/** Begins a check for somebody, unless one is not finished. The unfinished one in any case; with an audit row when it is new. */
export async function beginFor(
  db: Statements,
  actor: { kind: string; id: string; name: string },
  size: number,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    with begun as (
      insert into sample_check (requested_by_name, started_at, size) values (${actor.name}, ${at}, ${size}::int)
      on conflict do nothing returning id)
    insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
    select ${at}, 'check.started', ${actor.kind}, ${actor.id}, ${actor.name}, jsonb_build_object('checkId', id, 'size', ${size}::int)
    from begun`
}

/** The right to work at a check, until a moment by the database's clock. */
export interface CheckLease extends CheckRow {
  leaseUntil: Date
}

/** Takes the unfinished check, if nobody works at it (or whoever did is gone). */
export async function leaseCheck(db: Statements, seconds: number): Promise<CheckLease | null> {
  const rows = await db.$queryRaw<CheckLease[]>`
    update sample_check set lease_until = now() + make_interval(secs => ${seconds}::int)
    where finished_at is null and (lease_until is null or lease_until < now())
    returning ${COLUMNS}, lease_until as "leaseUntil"`
  return rows[0] ?? null
}

/** Notes how far a check has got and goes on holding it; null when it was taken over meanwhile. */
export async function noteProgress(
  db: Statements,
  { id, leaseUntil }: CheckLease,
  progress: { checked: number; problems: CheckProblem[]; finishedAt: Date | null },
  seconds: number,
): Promise<CheckLease | null> {
  const rows = await db.$queryRaw<CheckLease[]>`
    update sample_check
    set checked = ${progress.checked}::int, problems = ${JSON.stringify(progress.problems)}::jsonb,
        finished_at = ${progress.finishedAt}, lease_until = now() + make_interval(secs => ${seconds}::int)
    where id = ${id}::bigint and finished_at is null and lease_until = ${leaseUntil}
    returning ${COLUMNS}, lease_until as "leaseUntil"`
  return rows[0] ?? null
}

/** Forgets checks that began before a moment. */
export async function forgetChecks(db: Statements, before: Date): Promise<void> {
  await db.$executeRaw`delete from sample_check where started_at < ${before} and finished_at is not null`
}

/**
 * Numbers of certificates, found from random places: `starts` are numbers of which the next one there is counts, `parts`
 * (0 to 1) are places in the list of status entries, so that what no longer counts is in every sample.
 */
export async function sampleOf(db: Statements, starts: string[], parts: number[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    with last as (select coalesce(max(id), 0) as id from status_entry),
    picked as (
      select (select c.certificate_id from certificate c where c.certificate_id >= r.start order by c.certificate_id limit 1) as id
      from unnest(${starts}::text[]) as r(start)
      union
      select (select s.certificate_id from status_entry s where s.id >= 1 + floor(p.part * last.id)::bigint order by s.id limit 1)
      from unnest(${parts}::float8[]) as p(part), last)
    select p.id from picked p
    join certificate c on c.certificate_id = p.id
    join lineage l on l.id = c.lineage_id
    where not l.sandbox`
  return rows.map((row) => row.id)
}

/** A certificate with everything that is said about it, all as of one moment. */
export interface SampleRow {
  certificateId: string
  credential: string
  credentialHash: string
  credential2: string | null
  state: string
  listId: number | null
  index: number | null
  /** The last thing that happened to it. */
  entry: { state: string; cause: string | null; at: string; until: string | null; position: number | null } | null
  /** A status entry is in no signed list yet. */
  unlisted: boolean
}

export async function sampleRows(db: Statements, ids: string[], at: Date): Promise<SampleRow[]> {
  return db.$queryRaw<SampleRow[]>`
    select c.certificate_id as "certificateId", c.credential, c.credential_hash as "credentialHash", c.credential2,
           ${stateAt('c', at)} as state, c.status_list_id as "listId", c.status_index as index,
           (select jsonb_build_object('state', s.state, 'cause', s.reason->>'cause', 'at', s.at, 'until', s.until,
              'position', s.position)
            from status_entry s where s.certificate_id = c.certificate_id order by s.id desc limit 1) as entry,
           exists(select 1 from status_entry s where s.certificate_id = c.certificate_id and s.listed_at is null) as unlisted
    from certificate c where c.certificate_id = any(${ids}::text[])`
}
