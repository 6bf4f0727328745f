/** The SQL of the queue as people look at it: what waits, what is held up, what failed. Reach and sandbox are asked in each. */
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin, withinReach } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { stillFailed } from '@/lib/desk/store-day'
import { Prisma } from '@/lib/generated/prisma/client'
import type { QueueKind, QueueState } from './answers'

/** Whose queue: all facilities', or what somebody reaches. */
export type Whose = Pick<Caller, 'facilities' | 'programs'>

export interface QueueFilter {
  whose: Whose
  state: QueueState
  facilityCode?: string | undefined
  type?: string | undefined
  kind?: QueueKind | undefined
  reason?: string | undefined
  /** Failed ones since then. */
  since: Date
}

/** However long the queue is: counting more would take seconds, and nobody would act otherwise. */
export const MOST_COUNTED = 50_000

/** The kind of an error as it begins the text that is kept; the rest may name values. */
const HELD_REASON = Prisma.sql`coalesce(substring(t.last_error from '^([A-Za-z][A-Za-z0-9]{0,59})(?::|$)'), 'Error')`
const IS_LEASED = Prisma.sql`coalesce(t.lease_until > now(), false)`

export interface PendingCounts {
  facilityCode: string
  waiting: number
  oldestAt: Date | null
  underWay: number
  held: number
  heldSince: Date | null
  nextAt: Date | null
  behind: number
}

/** By facility, what was not decided yet, of the first MOST_COUNTED that workers take. */
export function pendingCounts(db: Statements, whose: Whose): Promise<PendingCounts[]> {
  return db.$queryRaw<PendingCounts[]>`
    with pending as materialized (
      select t.lineage_id, t.sequence, t.accepted_at, t.next_attempt_at, t.last_error is not null as held,
             ${IS_LEASED} as leased, l.facility_code
      from transaction t join lineage l on l.id = t.lineage_id
      where t.state = 'pending' and ${mine(whose)}
      order by t.next_attempt_at, t.id limit ${MOST_COUNTED}),
    stuck as (select lineage_id, min(sequence) as sequence from pending where held group by lineage_id),
    placed as (
      select p.*, not p.held and s.sequence is not null as behind
      from pending p left join stuck s on s.lineage_id = p.lineage_id and s.sequence < p.sequence)
    select facility_code as "facilityCode",
           (count(*) filter (where not held and not leased and not behind))::int as waiting,
           min(accepted_at) filter (where not held and not leased and not behind) as "oldestAt",
           (count(*) filter (where not held and leased))::int as "underWay",
           (count(*) filter (where held))::int as held,
           min(accepted_at) filter (where held) as "heldSince",
           min(next_attempt_at) filter (where held and not leased) as "nextAt",
           (count(*) filter (where behind))::int as behind
    from placed group by facility_code`
}

/** By facility and code, what failed since then and waits for somebody. */
export function failedCounts(
  db: Statements,
  whose: Whose,
  since: Date,
): Promise<{ facilityCode: string; reason: string; count: number; oldestAt: Date }[]> {
  return db.$queryRaw`
    select l.facility_code as "facilityCode", coalesce(t.failure_code, '') as reason, count(*)::int as count,
           min(t.finished_at) as "oldestAt"
    from transaction t join lineage l on l.id = t.lineage_id
    where ${failedSince(since)} and ${mine(whose)}
    group by 1, 2`
}

export function heldReasons(
  db: Statements,
  whose: Whose,
): Promise<{ reason: string; count: number; oldestAt: Date }[]> {
  return db.$queryRaw`
    select ${HELD_REASON} as reason, count(*)::int as count, min(t.accepted_at) as "oldestAt"
    from transaction t join lineage l on l.id = t.lineage_id
    where t.state = 'pending' and t.last_error is not null and ${mine(whose)}
    group by 1 order by 2 desc, 1`
}

export interface QueueRow {
  id: string
  state: QueueState
  kind: QueueKind
  type: string
  facilityCode: string
  facilityName: string
  programId: string
  acceptedAt: Date
  callerKind: string
  callerName: string
  attempts: number
  nextAttemptAt: Date
  leased: boolean
  behind: number
  reason: string | null
  message: string | null
  failedAt: Date | null
  code: string
  dose: number
  certificateId: string | null
  /** Where it stands in its list. */
  at: Date
}

export interface QueuePlace {
  at: Date
  id: string
}

/** One page of a state: what waits in the order in which workers take it, what is held up the oldest first, failures the newest first. */
export function queuePage(
  db: Statements,
  filter: QueueFilter,
  after: QueuePlace | null,
  size: number,
): Promise<QueueRow[]> {
  const { state } = filter
  const at = ORDERED_BY[state]
  const newestFirst = state === 'failed'
  const order = newestFirst ? Prisma.sql`${at} desc, t.id desc` : Prisma.sql`${at}, t.id`
  const beyond = after === null ? Prisma.sql`true` : placedAfter(at, after, newestFirst)
  return db.$queryRaw<QueueRow[]>`
    with page as (
      select t.*, ${at} as place from transaction t join lineage l on l.id = t.lineage_id
      where ${chosen(filter)} and ${beyond}
      order by ${order} limit ${size})
    select t.id::text as id, ${state}::text as state, t.kind::text as kind, l.type, l.facility_code as "facilityCode",
           f.name as "facilityName", l.program_id as "programId", t.accepted_at as "acceptedAt",
           t.caller_kind as "callerKind", t.caller_name as "callerName", t.attempts, t.next_attempt_at as "nextAttemptAt",
           ${IS_LEASED} as leased,
           (select count(*)::int from transaction later where later.lineage_id = t.lineage_id
            and later.state = 'pending' and later.sequence > t.sequence and t.state = 'pending') as behind,
           case when t.state = 'failed' then t.failure_code when t.last_error is not null then ${HELD_REASON} end as reason,
           t.failure_message as message, case when t.state = 'failed' then t.finished_at end as "failedAt",
           l.pre_enrollment_code as code, l.dose, l.head_certificate_id as "certificateId", t.place as at
    from page t join lineage l on l.id = t.lineage_id join facility f on f.code = l.facility_code
    order by ${newestFirst ? Prisma.sql`t.place desc, t.id desc` : Prisma.sql`t.place, t.id`}`
}

const ORDERED_BY: Record<QueueState, Prisma.Sql> = {
  waiting: Prisma.sql`t.next_attempt_at`,
  under_way: Prisma.sql`t.next_attempt_at`,
  held: Prisma.sql`t.accepted_at`,
  failed: Prisma.sql`t.finished_at`,
}

function placedAfter(at: Prisma.Sql, place: QueuePlace, newestFirst: boolean): Prisma.Sql {
  const sign = newestFirst ? Prisma.sql`<` : Prisma.sql`>`
  return Prisma.sql`(${at}, t.id) ${sign} (${place.at}::timestamptz, ${place.id}::uuid)`
}

/**
 * Held up ones that are not due yet become due now, at most so many. What a worker commits at this moment is left to it.
 * Returns how many.
 */
export function tryNow(db: Statements, filter: QueueFilter, most: number): Promise<number> {
  return db.$executeRaw`
    update transaction set next_attempt_at = now()
    where id in (
      select t.id from transaction t join lineage l on l.id = t.lineage_id
      where ${chosen(filter)} and t.next_attempt_at > now() and not ${IS_LEASED}
      order by t.next_attempt_at, t.id limit ${most}
      for update of t skip locked)`
}

/** The same for one. */
export async function tryOneNow(db: Statements, id: string): Promise<void> {
  await db.$executeRaw`
    update transaction t set next_attempt_at = now()
    where t.id = ${id}::uuid and t.state = 'pending' and t.last_error is not null and t.next_attempt_at > now()
      and not ${IS_LEASED}`
}

function chosen(filter: QueueFilter): Prisma.Sql {
  const { whose, facilityCode, type, kind, reason } = filter
  const reasonOf = filter.state === 'failed' ? Prisma.sql`t.failure_code` : HELD_REASON
  const parts = [stateIs(filter), mine(whose)]
  if (facilityCode) parts.push(facilityWithin({ facilities: [facilityCode] }, 'l.facility_code'))
  if (type !== undefined) parts.push(Prisma.sql`l.type = ${type}`)
  if (kind !== undefined) parts.push(Prisma.sql`t.kind = ${kind}::transaction_kind`)
  if (reason !== undefined) parts.push(Prisma.sql`${reasonOf} = ${reason}`)
  return Prisma.join(parts, ' and ')
}

function stateIs({ state, since }: QueueFilter): Prisma.Sql {
  switch (state) {
    case 'waiting':
      return Prisma.sql`t.state = 'pending' and t.last_error is null and not ${IS_LEASED}`
    case 'under_way':
      return Prisma.sql`t.state = 'pending' and t.last_error is null and ${IS_LEASED}`
    case 'held':
      return Prisma.sql`t.state = 'pending' and t.last_error is not null`
    case 'failed':
      return failedSince(since)
  }
}

/** What fails of many that are issued anew is in the list of those, for whoever began that. */
function failedSince(since: Date): Prisma.Sql {
  return Prisma.sql`t.state = 'failed' and t.kind <> 'reissue' and t.finished_at >= ${since} and ${stillFailed}`
}

function mine(whose: Whose): Prisma.Sql {
  return Prisma.sql`not l.sandbox and ${withinReach(whose, 'l')}`
}
