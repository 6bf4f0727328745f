/** The SQL of sessions: the certificates of one facility and one day, and what they have in common. */
import { facilityWithin } from '@/lib/certificates/reach'
import { stateAt } from '@/lib/certificates/store-effective'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

/** The certificates of a type that one facility issued for one day, as far as they are current. */
export interface Session {
  facilityCode: string
  type: string
  /** Path of the day in a request. */
  path: string
  day: string
  timeZone: string
  at: Date
}

/** How many certificates a session has, and how many of them say the same at each path. */
export async function countSame(
  db: Statements,
  session: Session,
  wanted: { path: string; value: string; isInstant: boolean }[],
): Promise<{ total: number; counts: number[] }> {
  const counts = wanted.map(
    (one) => Prisma.sql`count(*) filter (where ${valueAt(one, session.timeZone)} = ${one.value})::int`,
  )
  const [row] = await db.$queryRaw<{ total: number; counts: number[] }[]>`
    select count(*)::int as total, array[${Prisma.join(counts)}]::int[] as counts from (${members(session)}) t`
  return row!
}

/** The numbers of those that say the same, by code and dose. */
export async function sameCertificates(
  db: Statements,
  session: Session,
  wanted: { path: string; value: string; isInstant: boolean },
  limit: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select t.certificate_id as id from (${members(session)}) t
    where ${valueAt(wanted, session.timeZone)} = ${wanted.value}
    order by t.code, t.dose, t.certificate_id limit ${limit}`
  return rows.map(({ id }) => id)
}

/** Current certificates of the session with the request that each was issued for. By indexes: lineage_facility, then keys. */
export function members({ facilityCode, type, path, day, timeZone, at }: Session): Prisma.Sql {
  return Prisma.sql`
    select c.certificate_id, l.pre_enrollment_code as code, l.dose, x.request
    from lineage l
    join certificate c on c.certificate_id = l.head_certificate_id
    join transaction x on x.id = c.transaction_id
    where ${facilityWithin({ facilities: [facilityCode] }, 'l.facility_code')} and l.type = ${type} and not l.sandbox and l.head_certificate_id is not null
      and ${dayOf(textAt('x', path), timeZone)} = ${day} and ${stateAt('c', at)} = 'current'`
}

function valueAt({ path, isInstant }: { path: string; isInstant: boolean }, timeZone: string): Prisma.Sql {
  const text = textAt('t', path)
  return isInstant ? dayOf(text, timeZone) : Prisma.sql`trim(${text})`
}

function textAt(alias: 'x' | 't', path: string): Prisma.Sql {
  return Prisma.sql`(${Prisma.raw(alias)}.request #>> ${path.split('.')}::text[])`
}

/** Of an instant the day where the issuer is; a day as it is. As text. */
function dayOf(text: Prisma.Sql, timeZone: string): Prisma.Sql {
  return Prisma.sql`(case when ${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$'
    then to_char(${text}::timestamptz at time zone ${timeZone}, 'YYYY-MM-DD') else left(${text}, 10) end)`
}
