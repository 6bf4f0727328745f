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
const VACCINE = Prisma.sql`t.request->'vaccination'->>'name'`
const MANUFACTURER = Prisma.sql`t.request->'vaccination'->>'manufacturer'`

/** Most certificates write it just so; taking spaces out of each text takes longer than all the rest. */
function says(value: Prisma.Sql, wanted: string): Prisma.Sql {
  const given = Prisma.sql`${wanted}::text`
  return Prisma.sql`(${value} = ${given} or ${comparable(value)} = ${comparable(given)})`
}

/**
 * Every certificate that fits, whatever its state, as rows of
 * (certificate_id, lineage_id, facility_code, dose, code, state, covered, request).
 */
export function fitting(target: Target): Prisma.Sql {
  return Prisma.sql`select * from (${ofBatch(target)}) a where a.fits`
}

/** The same with those of the batch that vaccine, manufacturer or day keep out: `fits`, and `same_maker` where only the day does. */
function ofBatch(target: Target): Prisma.Sql {
  const state = stateAt('c', target.at)
  const { action, criteria } = target
  const isLift = action === 'lift'
  const whole = isLift ? Prisma.sql`true` : fitsCriteria(target)
  const maker = isLift ? Prisma.sql`true` : Prisma.join(makerOf(criteria), ' and ')
  return Prisma.sql`
    select c.certificate_id, l.id as lineage_id, l.facility_code, l.dose, l.pre_enrollment_code as code,
           ${state} as state, coalesce(${coveredBy(target, state)}, false) as covered, t.request,
           coalesce(${whole}, false) as fits, coalesce(${maker}, false) as same_maker
    from ${isLift ? rowsOf(target.ofRecallId!) : Prisma.sql`transaction t join certificate c on c.transaction_id = t.id`}
    join lineage l on l.id = c.lineage_id
    where not l.sandbox and ${ownedBy(target)} and ${isLift ? Prisma.sql`true` : inBatch(criteria)}`
}

/** By the index transaction_batch. */
function inBatch({ batch }: Pick<RecallCriteria, 'batch'>): Prisma.Sql {
  return Prisma.sql`t.state = 'issued' and ${BATCH} = ${comparable(Prisma.sql`${batch}::text`)}`
}

function rowsOf(recallId: string): Prisma.Sql {
  return Prisma.sql`recall_row r join certificate c on c.certificate_id = coalesce(r.followed_id, r.certificate_id)
    join transaction t on t.id = c.transaction_id and r.recall_id = ${recallId}::uuid and r.state = 'done'`
}

function ownedBy({ facilityCode }: Pick<Target, 'facilityCode'>): Prisma.Sql {
  return facilityWithin({ facilities: facilityCode === null ? null : [facilityCode] }, 'l.facility_code')
}

function makerOf({ vaccine, manufacturer }: RecallCriteria): Prisma.Sql[] {
  return [says(VACCINE, vaccine), ...(manufacturer === null ? [] : [says(MANUFACTURER, manufacturer)])]
}

/** Whether the request of a transaction `t` has the vaccine, batch, manufacturer and day. */
export function fitsCriteria({ criteria, timeZone }: Pick<Target, 'criteria' | 'timeZone'>): Prisma.Sql {
  const { batch, from, to } = criteria
  const parts = [says(Prisma.sql`t.request->'vaccination'->>'batch'`, batch), ...makerOf(criteria)]
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

interface FittingRow {
  certificateId: string
  code: string
  dose: number
  holderName: string
  facilityCode: string
  facilityName: string
  state: 'current' | 'suspended'
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
  /** The first of those covered, by code and dose. */
  first: FittingRow[]
  /** Of the same batch number, kept out by another vaccine or manufacturer. */
  elsewhere: { vaccine: string; manufacturer: string; count: number }[]
}

const FIRST_ROWS = 20

/** What a recall covers and leaves alone, in one statement and so at one moment; a batch is read once. */
export async function countFitting(db: Statements, target: Target): Promise<Counted> {
  const [row] = await db.$queryRaw<Counted[]>`
    with batch as materialized (
      select f.certificate_id, f.facility_code, f.dose, f.code, f.state, f.covered, f.fits, f.same_maker,
             coalesce(f.request->'vaccination'->>'name', '') as vaccine,
             coalesce(f.request->'vaccination'->>'batch', '') as batch,
             coalesce(f.request->'vaccination'->>'manufacturer', '') as manufacturer
      from (${ofBatch(target)}) f),
    fitting as (select * from batch where fits),
    covered as (select * from fitting where covered)
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
              from covered group by vaccine, batch, manufacturer order by 4 desc, 1, 2, 3 limit 20) x) as spellings,
           (select coalesce(jsonb_agg(jsonb_build_object(
                'certificateId', x.certificate_id, 'code', x.code, 'dose', x.dose, 'holderName', t.request #>> '{recipient,name}',
                'facilityCode', x.facility_code, 'facilityName', f.name, 'state', x.state)
              order by x.code, x.dose, x.certificate_id), '[]')
            from (select * from covered order by code, dose, certificate_id limit ${FIRST_ROWS}) x
            join facility f on f.code = x.facility_code join transaction t on t.certificate_id = x.certificate_id) as first,
           (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
              select vaccine, manufacturer, count(*)::int as count from batch
              where not same_maker and state in ('current', 'suspended')
              group by 1, 2 order by 3 desc, 1, 2 limit 10) x) as elsewhere`
  return row!
}
