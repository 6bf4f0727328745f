/** Whose certificates somebody may see and change: worked out from the database at each request, never remembered. */
import type { Database } from '@/lib/db'

/** Where somebody belongs. */
export interface Belonging {
  /** The own facility; null = none. */
  facilityCode: string | null
  /** Reaches its facilities, too; null = none. */
  district: string | null
}

/** Codes of the facilities that are reached; null = all of them, which is where neither a facility nor a district is named. */
export async function facilitiesOf(
  db: Pick<Database, 'facility'>,
  { facilityCode, district }: Belonging,
): Promise<readonly string[] | null> {
  if (district === null) return facilityCode === null ? null : [facilityCode]
  const rows = await db.facility.findMany({ where: { district }, select: { code: true }, orderBy: { code: 'asc' } })
  const codes = rows.map(({ code }) => code)
  return facilityCode === null || codes.includes(facilityCode) ? codes : [facilityCode, ...codes]
}
