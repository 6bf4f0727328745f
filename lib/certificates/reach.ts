/** Whose certificates a caller may see and change. The one place that says so, for every read and write, API and screens. */
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
export function withinReach({ facilities, programs }: Reaching, alias: string): Prisma.Sql {
  const lineage = Prisma.raw(alias)
  const conditions = [
    ...(facilities === null ? [] : [Prisma.sql`${lineage}.facility_code = any(${[...facilities]}::text[])`]),
    ...(programs === null ? [] : [Prisma.sql`${lineage}.program_id = any(${[...programs]}::text[])`]),
  ]
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' and ')
}

/**
 * May this caller look at the lineage? Within reach always. What was opened beyond it, with a reason and for a time, is asked
 * for here too, and nowhere else: nothing but reading follows from it.
 */
export async function mayRead(
  { db, now }: Pick<Context, 'db' | 'now'>,
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
