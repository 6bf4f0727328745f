/** Which certificates belong together, as their type says. Pure. */
import { minuteOf } from '@/lib/certificate-types/sequence'
import type { CertificateType } from '@/lib/certificate-types/type'
import { valueAt } from './record'

/**
 * The number that tells the certificates of one code apart: the dose; where an instant does it (the taking of a sample) its
 * minute, counted since 1970; 1 for types that issue one to each code.
 */
export function sequenceOf(record: unknown, { lineage }: Pick<CertificateType, 'lineage'>): number {
  if (lineage.sequence === undefined) return 1
  const value = valueAt(record, lineage.sequence)
  return typeof value === 'string' ? minuteOf(value) : Number(value)
}
