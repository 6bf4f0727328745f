/** What the claims of a sign-in service mean here: for which facility or district somebody acts, and in which roles. */
import type { Config } from '@/lib/config'
import type { Belonging } from './facilities'
import { dealsWithRecords, type Role } from './roles'

export interface Standing extends Belonging {
  roles: Role[]
}

/** Why claims give nobody a standing. */
export type NoStanding = 'no-role' | 'no-facility'

/**
 * The standing of somebody with these claims. Roles that the settings do not name count for nothing. Whoever deals with
 * records needs a facility, a supervisor at least a district, but for those who act for all.
 */
export function standingOf(claims: Record<string, unknown>, rules: Config['claims']): Standing | NoStanding {
  const named = new Set(rules.roles.flatMap((path) => textsAt(claims, path)))
  const has = (wanted: readonly string[]) => wanted.some((role) => named.has(role))
  const roles: Role[] = []
  if (has(rules.operatorRoles)) roles.push('operator')
  if (has(rules.supervisorRoles)) roles.push('supervisor')
  if (has(rules.auditorRoles)) roles.push('auditor')
  if (has(rules.administratorRoles)) roles.push('administrator')
  if (roles.length === 0) return 'no-role'
  if (!dealsWithRecords(roles) || has(rules.allFacilitiesRoles)) return { facilityCode: null, district: null, roles }
  const facilities = textsAt(claims, rules.facility)
  const districts = roles.includes('supervisor') && rules.district ? textsAt(claims, rules.district) : []
  const [facilityCode = null, district = null] = [facilities[0], districts[0]]
  const isClear = facilities.length <= 1 && districts.length <= 1 && (facilityCode ?? district) !== null
  return isClear ? { facilityCode, district, roles } : 'no-facility'
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
