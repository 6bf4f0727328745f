/** Which certificates belong together, as their type says. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { valueAt } from './record'

/** The number that tells the certificates of one code apart (the dose); 1 for types that issue one to each code. */
export function sequenceOf(record: unknown, { lineage }: Pick<CertificateType, 'lineage'>): number {
  return lineage.sequence === undefined ? 1 : Number(valueAt(record, lineage.sequence))
}
