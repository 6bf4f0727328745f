/** What a person may do: a closed list. A person has the roles that were given and nothing else. */

/**
 * operator: finds, corrects and prints. supervisor: approves, cancels, grants exceptions, for a facility or a district.
 * auditor: reads the log. administrator: people, facilities, source systems, keys; no records.
 */
export const ROLES = ['operator', 'supervisor', 'auditor', 'administrator'] as const

export type Role = (typeof ROLES)[number]

/** The known ones of a stored list, in the order of the list above. */
export function rolesIn(stored: readonly string[]): Role[] {
  return ROLES.filter((role) => stored.includes(role))
}

/** Whether somebody with these roles works with records at all. Auditors and administrators reach none, wherever they belong. */
export function dealsWithRecords(roles: readonly Role[]): boolean {
  return roles.includes('operator') || roles.includes('supervisor')
}
