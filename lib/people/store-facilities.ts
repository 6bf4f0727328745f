/** The SQL of facilities and the names under which they are mentioned. */
import type { Caller } from '@/lib/certificates/caller'
import { facilityWithin } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { containing, type Writing } from './store-writing'

export const PAGE = 50

export interface FacilityRow {
  code: string
  name: string
  district: string | null
  disabled: boolean
  aliases: string[]
  operators: number
  clients: number
}

/** One page of facilities by code, and one row more when there is another page. `q` is part of code, name or alias. */
export function facilityPage(
  db: Statements,
  reach: Pick<Caller, 'facilities'>,
  q: string,
  after: string,
): Promise<FacilityRow[]> {
  const found = q === '' ? Prisma.sql`true` : matching(containing(q))
  return facilities(
    db,
    Prisma.sql`${found} and ${facilityWithin(reach, 'f.code')} and f.code > ${after} order by f.code limit ${PAGE + 1}`,
  )
}

/** One facility; null when there is none. */
export async function facilityByCode(db: Statements, code: string): Promise<FacilityRow | null> {
  return (await facilities(db, Prisma.sql`f.code = ${code}`))[0] ?? null
}

function matching(pattern: string): Prisma.Sql {
  return Prisma.sql`(f.code ilike ${pattern} or f.name ilike ${pattern}
    or exists (select 1 from facility_alias a where a.facility_code = f.code and a.name ilike ${pattern}))`
}

function facilities(db: Statements, which: Prisma.Sql): Promise<FacilityRow[]> {
  return db.$queryRaw`
    select f.code, f.name, f.district, f.disabled,
           array(select a.name from facility_alias a where a.facility_code = f.code order by a.name collate "C") as aliases,
           (select count(*)::int from operator o where o.facility_code = f.code and not o.disabled) as operators,
           (select count(*)::int from api_client c where c.facility_code = f.code and not c.disabled) as clients
    from facility f where ${which}`
}

/** Of these names the first that means another facility already, whatever its case; null when all are free. */
export async function takenName(
  db: Statements,
  names: string[],
  ownCode: string,
): Promise<{ name: string; by: string } | null> {
  const rows = await db.$queryRaw<{ name: string; by: string }[]>`
    select given.name, taken.code as by
    from unnest(${names}::text[]) with ordinality as given(name, position)
    join (select name, facility_code as code from facility_alias
          union all select name, code from facility) taken
      on lower(taken.name) = lower(given.name) and taken.code <> ${ownCode}
    order by given.position limit 1`
  return rows[0] ?? null
}

/** Whether a facility has this code, whatever its case. */
export async function codeTaken(db: Statements, code: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`select 1 from facility where lower(code) = lower(${code})`
  return rows.length > 0
}

export async function insertFacility(
  db: Writing,
  facility: { code: string; name: string; district: string | null; createdAt: Date },
): Promise<void> {
  await db.facility.create({ data: facility })
}

/** Changes what is given. */
export async function updateFacility(
  db: Writing,
  code: string,
  facts: { name?: string; district?: string | null; disabled?: boolean },
): Promise<void> {
  await db.facility.update({ where: { code }, data: facts })
}

/** Makes these the names under which a facility is mentioned, and no others. */
export async function replaceAliases(db: Writing, code: string, names: string[]): Promise<void> {
  await db.facilityAlias.deleteMany({ where: { facilityCode: code } })
  await db.facilityAlias.createMany({ data: names.map((name) => ({ name, facilityCode: code })) })
}
