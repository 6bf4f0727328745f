/** The SQL of which certificates a recall is about. Facility and sandbox are asked here, for every question. */
import { facilityWithin } from '@/lib/certificates/reach'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { RecallAction, RecallCriteria } from './answers'

/** What a recall is about, at one instant. */
export interface Target {
  action: RecallAction
  criteria: RecallCriteria
  /** null = of all facilities. */
  facilityCode: string | null
  until: Date | null
  /** Of a lift: the recall whose suspensions it ends. */
  ofRecallId: string | null
  /** In which days of vaccination are read where the source system gave no zone. */
  timeZone: string
  at: Date
}

/** A text as texts are compared: "ab 348 fs" is "AB348FS". The index transaction_batch has the same expression. */
export function comparable(value: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`upper(regexp_replace(${value}, '\\s', '', 'g'))`
}

const BATCH = comparable(Prisma.sql`t.request->'vaccination'->>'batch'`)
const VACCINE = comparable(Prisma.sql`t.request->'vaccination'->>'name'`)
const MANUFACTURER = comparable(Prisma.sql`t.request->'vaccination'->>'manufacturer'`)

/**
 * Every certificate that fits, whatever its state, as rows of
 * (certificate_id, lineage_id, facility_code, dose, code, state, covered, request).
 */
export function fitting(target: Target): Prisma.Sql {
  const state = stateAt('c', target.at)
  return Prisma.sql`
    select c.certificate_id, l.id as lineage_id, l.facility_code, l.dose, l.pre_enrollment_code as code,
           ${state} as state, coalesce(${coveredBy(target, state)}, false) as covered, t.request
    from ${target.action === 'lift' ? rowsOf(target.ofRecallId!) : Prisma.sql`transaction t join certificate c on c.transaction_id = t.id`}
    join lineage l on l.id = c.lineage_id
    where not l.sandbox and ${ownedBy(target)} and ${fits(target)}`
}

function rowsOf(recallId: string): Prisma.Sql {
  return Prisma.sql`recall_row r join certificate c on c.certificate_id = coalesce(r.followed_id, r.certificate_id)
    join transaction t on t.id = c.transaction_id and r.recall_id = ${recallId}::uuid and r.state = 'done'`
}

function ownedBy({ facilityCode }: Pick<Target, 'facilityCode'>): Prisma.Sql {
  return facilityWithin({ facilities: facilityCode === null ? null : [facilityCode] }, 'l.facility_code')
}

function fits(target: Target): Prisma.Sql {
  return target.action === 'lift' ? Prisma.sql`true` : Prisma.sql`t.state = 'issued' and ${fitsCriteria(target)}`
}

/** Whether the request of a transaction `t` has the vaccine, batch, manufacturer and day. */
export function fitsCriteria({ criteria, timeZone }: Pick<Target, 'criteria' | 'timeZone'>): Prisma.Sql {
  const { vaccine, batch, manufacturer, from, to } = criteria
  const parts = [
    Prisma.sql`${BATCH} = ${comparable(Prisma.sql`${batch}::text`)}`,
    Prisma.sql`${VACCINE} = ${comparable(Prisma.sql`${vaccine}::text`)}`,
  ]
  if (manufacturer !== null) parts.push(Prisma.sql`${MANUFACTURER} = ${comparable(Prisma.sql`${manufacturer}::text`)}`)
  if (from !== null) parts.push(Prisma.sql`${dayOfVaccination(timeZone)} >= ${from}::date`)
  if (to !== null) parts.push(Prisma.sql`${dayOfVaccination(timeZone)} <= ${to}::date`)
  return Prisma.join(parts, ' and ')
}

/** Source systems write "2021-07-12T19:21:19.646Z", "2021-10-17T13:10+0530", "2021-10-17 13:10" or the day alone. */
function dayOfVaccination(timeZone: string): Prisma.Sql {
  const text = Prisma.sql`upper(trim(t.request->'vaccination'->>'date'))`
  return Prisma.sql`(case when ${text} ~ ':[0-9.,]+\\s*(Z|[+-][0-9]{2}:?[0-9]{2})$'
    then (replace(${text}, ',', '.')::timestamptz at time zone ${timeZone})::date
    else left(${text}, 10)::date end)`
}

function coveredBy({ action, until, ofRecallId }: Target, state: Prisma.Sql): Prisma.Sql {
  if (action === 'revoke') return Prisma.sql`${state} in ('current', 'suspended')`
  if (action === 'suspend') {
    // A suspension that would end sooner is prolonged: a recalled certificate must not come back by itself.
    return Prisma.sql`${state} = 'current' or (${state} = 'suspended' and c.suspended_until is not null
      and c.suspended_until < coalesce(${until}::timestamptz, 'infinity'))`
  }
  return Prisma.sql`${state} = 'suspended' and (
    select s.reason->>'recallId' from status_entry s where s.certificate_id = c.certificate_id
    order by s.id desc limit 1) = ${ofRecallId}`
}

export interface Counted {
  covered: number
  current: number
  suspended: number
  replaced: number
  revoked: number
  leftSuspended: number
  leftValid: number
  facilities: { code: string; name: string; count: number }[]
  doses: { dose: number; count: number }[]
  spellings: { vaccine: string; batch: string; manufacturer: string; count: number }[]
}

/** How many certificates are covered and how many left alone, in one statement and so at one moment. */
export async function countFitting(db: Statements, target: Target): Promise<Counted> {
  const [row] = await db.$queryRaw<Counted[]>`
    with fitting as materialized (
      select f.certificate_id, f.facility_code, f.dose, f.state, f.covered,
             coalesce(f.request->'vaccination'->>'name', '') as vaccine,
             coalesce(f.request->'vaccination'->>'batch', '') as batch,
             coalesce(f.request->'vaccination'->>'manufacturer', '') as manufacturer
      from (${fitting(target)}) f),
    covered as materialized (select * from fitting where covered)
    select (select count(*)::int from covered) as covered,
           (select count(*)::int from covered where state = 'current') as current,
           (select count(*)::int from covered where state = 'suspended') as suspended,
           (select count(*)::int from fitting where state = 'superseded') as replaced,
           (select count(*)::int from fitting where state = 'revoked') as revoked,
           (select count(*)::int from fitting where state = 'suspended' and not covered) as "leftSuspended",
           (select count(*)::int from fitting where state = 'current' and not covered) as "leftValid",
           (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
              select c.facility_code as code, f.name, count(*)::int as count
              from covered c join facility f on f.code = c.facility_code
              group by c.facility_code, f.name order by 3 desc, 1 limit 50) x) as facilities,
           (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
              select dose, count(*)::int as count from covered group by dose order by dose limit 50) x) as doses,
           (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
              select vaccine, batch, manufacturer, count(*)::int as count
              from covered group by vaccine, batch, manufacturer order by 4 desc, 1, 2, 3 limit 20) x) as spellings`
  return row!
}

export interface FittingRow {
  certificateId: string
  code: string
  dose: number
  holderName: string
  facilityCode: string
  facilityName: string
  state: 'current' | 'suspended'
}

/** The first of those covered, by code and dose. */
export function firstCovered(db: Statements, target: Target, limit: number): Promise<FittingRow[]> {
  return db.$queryRaw<FittingRow[]>`
    select x.certificate_id as "certificateId", x.code, x.dose, x.request #>> '{recipient,name}' as "holderName",
           x.facility_code as "facilityCode", f.name as "facilityName", x.state
    from (${fitting(target)}) x join facility f on f.code = x.facility_code
    where x.covered order by x.code, x.dose, x.certificate_id limit ${limit}`
}

/** Certificates of the same batch number that another vaccine or manufacturer keeps out. */
export function sameBatchElsewhere(
  db: Statements,
  { criteria, facilityCode, at }: Target,
): Promise<{ vaccine: string; manufacturer: string; count: number }[]> {
  const { vaccine, batch, manufacturer } = criteria
  const maker =
    manufacturer === null
      ? Prisma.sql`true`
      : Prisma.sql`${MANUFACTURER} is not distinct from ${comparable(Prisma.sql`${manufacturer}::text`)}`
  return db.$queryRaw`
    select coalesce(t.request->'vaccination'->>'name', '') as vaccine,
           coalesce(t.request->'vaccination'->>'manufacturer', '') as manufacturer, count(*)::int as count
    from transaction t join certificate c on c.transaction_id = t.id join lineage l on l.id = c.lineage_id
    where t.state = 'issued' and not l.sandbox and ${ownedBy({ facilityCode })}
      and ${BATCH} = ${comparable(Prisma.sql`${batch}::text`)} and ${stateAt('c', at)} in ('current', 'suspended')
      and not (${VACCINE} = ${comparable(Prisma.sql`${vaccine}::text`)} and ${maker})
    group by 1, 2 order by 3 desc, 1, 2 limit 10`
}
