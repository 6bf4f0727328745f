/** Where the screens for certificate types are. */

export const TYPES = '/administration/types'

/** "/administration/types/VaccinationCertificate" */
export function addressOfType(name: string): string {
  return `${TYPES}/${encodeURIComponent(name)}`
}

/** One version: the editor of a draft, the preview of any other. */
export function addressOfVersion(name: string, version: number): string {
  return `${addressOfType(name)}/${version}`
}

/** Two versions side by side. */
export function addressOfComparison(name: string, from: number, to: number): string {
  return `${addressOfType(name)}/compare?from=${from}&to=${to}`
}
