/** Whose certificates a caller may see and change. The one place that says so, for every read and write, API and screens. */
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Caller } from './caller'
import type { Context } from './context'
import { openedFor } from './store-opened'

type Reaching = Pick<Caller, 'facilities' | 'programs'>

/** What decides: the facility that owns a lineage, and its programme ("" = none). */
export interface Owned {
  facilityCode: string
  programId: string
}

/** May this caller see and change the lineage? */
export function reaches(caller: Reaching, { facilityCode, programId }: Owned): boolean {
  return reachesFacility(caller, facilityCode) && (caller.programs === null || caller.programs.includes(programId))
}

/** May this caller see and change certificates of the facility? null = of all facilities. */
export function reachesFacility({ facilities }: Pick<Caller, 'facilities'>, facilityCode: string | null): boolean {
  return facilities === null || (facilityCode !== null && facilities.includes(facilityCode))
}

/** The one facility that a caller reaches; null where it is several, or all. */
export function onlyFacility({ facilities }: Pick<Caller, 'facilities'>): string | null {
  return facilities?.length === 1 ? facilities[0]! : null
}

/** `reaches` as a condition on a lineage in SQL; `alias` is the lineage's name in the statement. */
export function withinReach(caller: Reaching, alias: string): Prisma.Sql {
  const { programs } = caller
  const facility = facilityWithin(caller, `${alias}.facility_code`)
  if (programs === null) return facility
  return Prisma.sql`${facility} and ${Prisma.raw(alias)}.program_id = any(${[...programs]}::text[])`
}

/** `reachesFacility` as a condition in SQL; `column` holds a facility's code, or null for all of them. */
export function facilityWithin({ facilities }: Pick<Caller, 'facilities'>, column: string): Prisma.Sql {
  if (facilities === null) return Prisma.sql`true`
  return Prisma.sql`${Prisma.raw(column)} = any(${[...facilities]}::text[])`
}

/**
 * The reach of other people in SQL, as lib/auth/facilities.ts works it out for whoever asks: `person` is a row of operator,
 * `facility` an expression, a code or null for all facilities.
 */
export function personReaches(person: string, facility: Prisma.Sql): Prisma.Sql {
  const o = Prisma.raw(person)
  return Prisma.sql`(${o}.roles && '{operator,supervisor}'::text[] and coalesce(
    (${o}.facility_code is null and ${o}.district is null) or ${o}.facility_code = ${facility}
    or exists (select 1 from facility near where near.code = ${facility} and near.district = ${o}.district), false))`
}

/** The reach of source systems in SQL: `client` is a row of api_client, `lineage` one of lineage. */
export function clientReaches(client: string, lineage: string): Prisma.Sql {
  const [c, l] = [Prisma.raw(client), Prisma.raw(lineage)]
  return Prisma.sql`(coalesce(
    (${c}.facility_code is null and ${c}.district is null) or ${c}.facility_code = ${l}.facility_code
    or exists (select 1 from facility near where near.code = ${l}.facility_code and near.district = ${c}.district), false)
    and (cardinality(${c}.programs) = 0 or ${l}.program_id = any(${c}.programs))
    and not exists (select 1 from facility own where own.code = ${c}.facility_code and own.disabled))`
}

/** `withinReach` where the reach stands in columns "facilities" and "programs" of a row; null = all. */
export function withinReachOf(row: string, alias: string): Prisma.Sql {
  const [given, lineage] = [Prisma.raw(row), Prisma.raw(alias)]
  return Prisma.sql`(${given}.facilities is null or ${lineage}.facility_code = any(${given}.facilities))
    and (${given}.programs is null or ${lineage}.program_id = any(${given}.programs))`
}

/** Refusal NOT_YOUR_FACILITY when the caller may not change the lineage. */
export function requireReach(caller: Reaching, owned: Owned): void {
  if (reaches(caller, owned)) return
  if (!reachesFacility(caller, owned.facilityCode)) throw notYours()
  const programme = owned.programId === '' ? 'certificates without a programme' : `programme "${owned.programId}"`
  throw new Refusal('NOT_YOUR_FACILITY', `This access token is not for ${programme}.`)
}

/**
 * May this caller look at the lineage? Within reach always. What was opened beyond it, with a reason and for a time, is asked
 * for here too, and nowhere else: nothing but reading follows from it.
 */
export async function mayRead(
  { db, now }: Pick<Context, 'now'> & { db: Statements },
  caller: Caller,
  lineage: Owned & { id: string },
): Promise<boolean> {
  if (reaches(caller, lineage)) return true
  return caller.kind === 'operator' && (await openedFor(db, caller.id, lineage.id, now())) !== null
}

/** What a caller hears who does not reach a certificate. */
export function notYours(): Refusal {
  return new Refusal('NOT_YOUR_FACILITY', 'This certificate belongs to another facility.')
}
