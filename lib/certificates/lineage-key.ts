/** Which certificates belong together, as their type says. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { valueAt } from './record'

const MINUTE = 60_000

/**
 * The number that tells the certificates of one code apart: the dose; where an instant does it (the taking of a sample) its
 * minute, counted since 1970; 1 for types that issue one to each code.
 */
export function sequenceOf(record: unknown, { lineage }: Pick<CertificateType, 'lineage'>): number {
  if (lineage.sequence === undefined) return 1
  const value = valueAt(record, lineage.sequence)
  return typeof value === 'string' ? Math.floor(Date.parse(value) / MINUTE) : Number(value)
}

/** The instant that a number stands for, where the type tells certificates apart by one. */
export function instantOf(sequence: number): string {
  return new Date(sequence * MINUTE).toISOString()
}
