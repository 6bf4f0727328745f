/** What the claims of a sign-in service mean here: for which facility somebody acts, and whether they administer. */
import type { Config } from '@/lib/config'

export interface Standing {
  /** null = all facilities. */
  facilityCode: string | null
  administrator: boolean
}

/** Why claims give nobody a standing. */
export type NoStanding = 'no-role' | 'no-facility'

/** The standing of somebody with these claims. Roles that the settings do not name count for nothing. */
export function standingOf(claims: Record<string, unknown>, rules: Config['claims']): Standing | NoStanding {
  const roles = new Set(rules.roles.flatMap((path) => textsAt(claims, path)))
  const has = (wanted: readonly string[]) => wanted.some((role) => roles.has(role))
  const administrator = has(rules.administratorRoles)
  if (has(rules.allFacilitiesRoles)) return { facilityCode: null, administrator }
  if (has(rules.facilityRoles)) {
    const [facilityCode, another] = textsAt(claims, rules.facility)
    return facilityCode && another === undefined ? { facilityCode, administrator } : 'no-facility'
  }
  return administrator ? { facilityCode: null, administrator } : 'no-role'
}

/** The text, or the texts of the list, at a path like "resource_access.portal.roles"; a name may itself have dots in it. */
export function textsAt(claims: unknown, path: string): string[] {
  const value = valueAt(claims, path)
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is string => typeof one === 'string' && one !== '')
}

function valueAt(holder: unknown, path: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined
  if (Object.hasOwn(holder, path)) return (holder as Record<string, unknown>)[path]
  for (let at = path.indexOf('.'); at > 0; at = path.indexOf('.', at + 1)) {
    const name = path.slice(0, at)
    if (!Object.hasOwn(holder, name)) continue
    const value = valueAt((holder as Record<string, unknown>)[name], path.slice(at + 1))
    if (value !== undefined) return value
  }
  return undefined
}
