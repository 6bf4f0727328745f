/** How certificate numbers are drawn. */

/** The groups of three a certificate number is drawn in; any other identifier is one group. */
export function grouped(certificateId: string): string[] {
  return /^\d{7,}$/.test(certificateId) ? (certificateId.match(/\d{1,3}/g) ?? []) : [certificateId]
}
