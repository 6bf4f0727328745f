/** The SQL of reading the log: a page of it, the state of its seals, who looked at a record. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

export const PAGE = 50

export interface EventRow {
  id: string
  at: Date
  action: string
  actorKind: string
  actorId: string
  actorName: string
  certificateId: string | null
  detail: Record<string, unknown>
  sealed: boolean
}

export interface Filter {
  /** Days in the issuer's zone, both included. */
  from?: string
  to?: string
  timeZone: string
  /** Part of a name, or an id. */
  who?: string
  /** Actions with commas between them; one that ends with a point means all that begin so. */
  action?: string
  /** A certificate number or a pre-enrollment code. */
  about?: string
  /** Where the page before ended. */
  after?: { at: string; id: string }
}

/** One page, newest first, and one row more when there is another page. */
export function eventPage(db: Statements, filter: Filter): Promise<EventRow[]> {
  const { from, to, timeZone, who, action, about, after } = filter
  const startOf = (day: string, plus: number) =>
    Prisma.sql`((${day}::date + ${plus}::int)::timestamp at time zone ${timeZone})`
  const which = [
    ...(from ? [Prisma.sql`e.at >= ${startOf(from, 0)}`] : []),
    ...(to ? [Prisma.sql`e.at < ${startOf(to, 1)}`] : []),
    ...(who ? [Prisma.sql`(e.actor_name ilike ${containing(who)} or e.actor_id = ${who})`] : []),
    ...(action ? [Prisma.sql`e.action like any(${patternsOf(action)}::text[])`] : []),
    ...(about
      ? [
          Prisma.sql`(e.lineage_id in (
              select lineage_id from certificate where certificate_id = ${about}
              union select id from lineage where pre_enrollment_code = ${about}))`,
        ]
      : []),
    ...(after ? [Prisma.sql`(e.at, e.id) < (${after.at}::timestamptz, ${after.id}::bigint)`] : []),
  ]
  return db.$queryRaw<EventRow[]>`
    select e.id::text as id, e.at, e.action, e.actor_kind as "actorKind", e.actor_id as "actorId",
           e.actor_name as "actorName", e.certificate_id as "certificateId", e.detail,
           coalesce((e.era, e.xid, e.id) <= (s.era, s.last_xid, s.last_id), false) as sealed
    from audit_event e
    left join (select era, last_xid, last_id from audit_seal order by n desc limit 1) s on true
    where ${which.length > 0 ? Prisma.join(which, ' and ') : Prisma.sql`true`}
    order by e.at desc, e.id desc limit ${PAGE + 1}`
}

export interface SealRow {
  n: string
  at: Date
  hash: string
}

/** The last seal, null before the first. */
export async function lastSeal(db: Statements): Promise<SealRow | null> {
  const rows = await db.$queryRaw<SealRow[]>`
    select s.n::text as n, s.at, encode(s.hash, 'hex') as hash from audit_seal s order by s.n desc limit 1`
  return rows[0] ?? null
}

/** What waits for its seal. */
export async function unsealed(db: Statements): Promise<{ count: number; oldest: Date | null }> {
  const rows = await db.$queryRaw<{ count: number; oldest: Date | null }[]>`
    select count(e.id)::int as count, min(e.at) as oldest
    from (
      (select era, last_xid, last_id from audit_seal order by n desc limit 1)
      union all select -1, '0'::xid8, 0 where not exists (select 1 from audit_seal)) s
    left join audit_event e on (e.era, e.xid, e.id) > (s.era, s.last_xid, s.last_id)`
  return rows[0]!
}

/** Numbers of the seals that were made on days (UTC): the one before the first, and the last. null = none. */
export async function sealsOfDays(
  db: Statements,
  from: string,
  to: string,
): Promise<{ after: string; upTo: string } | null> {
  const rows = await db.$queryRaw<{ after: string | null; upTo: string | null }[]>`
    select (min(s.n) - 1)::text as after, max(s.n)::text as "upTo" from audit_seal s
    where s.at >= ${from}::date::timestamp at time zone 'UTC' and s.at < (${to}::date + 1)::timestamp at time zone 'UTC'`
  const { after, upTo } = rows[0]!
  return after === null || upTo === null ? null : { after, upTo }
}

export interface LookRow {
  at: Date
  action: string
  certificateId: string | null
  actorKind: string
  actorName: string
  facility: string | null
}

/** The last looks at the record of a certificate by operators and source systems, newest first. */
export function looksAt(db: Statements, certificateId: string, limit: number): Promise<LookRow[]> {
  return db.$queryRaw`
    select e.at, e.action, e.certificate_id as "certificateId", e.actor_kind as "actorKind", e.actor_name as "actorName",
           f.name as facility
    from audit_event e
    left join operator o on e.actor_kind = 'operator' and o.id::text = e.actor_id
    left join facility f on f.code = coalesce(e.detail ->> 'facility', o.facility_code)
    where e.lineage_id = (select lineage_id from certificate where certificate_id = ${certificateId})
      and e.action in ('record.searched', 'record.read', 'record.downloaded', 'printed', 'record.opened', 'record.revealed')
    order by e.id desc limit ${limit}`
}

export interface DayOfLooks {
  /** The last look of the day. */
  at: Date
  kind: string
  /** null = acts for all facilities. */
  facility: string | null
  took: boolean
  /** Why it was opened by somebody of another facility; null = it was not. */
  opened: string | null
  /** Hidden values were shown. */
  revealed: boolean
  /** Kind of who made the link that a holder's look came through; `facility` is theirs. null = no such look, or not said. */
  linkBy: string | null
}

/** Who looked at a lineage, by day, kind and facility: what its holder is told. */
export function daysOfLooks(db: Statements, lineageId: string, timeZone: string, limit: number): Promise<DayOfLooks[]> {
  return db.$queryRaw`
    select max(e.at) as at, e.actor_kind as kind, f.name as facility,
           bool_or(e.action in ('record.downloaded', 'printed', 'holder.downloaded')) as took,
           max(e.detail ->> 'reason') filter (where e.action = 'record.opened') as opened,
           bool_or(e.action = 'record.revealed') as revealed, e.detail ->> 'linkBy' as "linkBy"
    from audit_event e
    left join operator o on o.id::text =
      case when e.actor_kind = 'operator' then e.actor_id
           when e.detail ->> 'linkBy' = 'operator' then e.detail ->> 'linkById' end
    left join facility f on f.code = nullif(coalesce(e.detail ->> 'facility', o.facility_code), 'unassigned')
    where e.lineage_id = ${lineageId}::uuid
      and e.action in ('record.searched', 'record.read', 'record.downloaded', 'printed', 'record.opened',
                       'record.revealed', 'holder.opened', 'holder.downloaded')
    group by (e.at at time zone ${timeZone})::date, e.actor_kind, f.name, e.detail ->> 'linkBy'
    order by 1 desc limit ${limit}`
}

function patternsOf(actions: string): string[] {
  return actions.split(',').map((action) => `${escaped(action)}${action.endsWith('.') ? '%' : ''}`)
}

function containing(text: string): string {
  return `%${escaped(text)}%`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
