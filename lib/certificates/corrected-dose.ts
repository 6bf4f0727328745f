/** What an update says about the number that a certificate moves to: another dose, where the type counts doses. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { valueAt, type CertificateRecord } from './record'

/** As the schema has it for doses. */
const MOST_DOSES = 1000

export interface Corrected {
  /** With the new dose, and without the word about it: later updates keep the meta, and must not move anything. */
  record: CertificateRecord
  /** Where the certificate goes, null when it stays. */
  correctedDose: number | null
}

/**
 * Takes `meta.correctedDose` out of the meta and puts it into the record at the type's number (vaccination.dose). The
 * number that stands there already moves nothing, and neither do null and "". A type without a number moves nothing, and
 * keeps the meta as it is. Null when it is no number of a dose.
 */
export function withCorrectedDose(
  given: CertificateRecord,
  { lineage: { sequence } }: Pick<CertificateType, 'lineage'>,
): Corrected | null {
  const { correctedDose: asked, ...otherMeta } = given.meta ?? {}
  if (asked === undefined || sequence === undefined) return { record: given, correctedDose: null }
  const { meta: _all, ...rest } = given
  const record = Object.keys(otherMeta).length > 0 ? { ...rest, meta: otherMeta } : rest
  if (asked === null || asked === '') return { record, correctedDose: null }
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1 || asked > MOST_DOSES) return null
  return {
    record: withNumber(record, sequence, asked),
    correctedDose: asked === valueAt(given, sequence) ? null : asked,
  }
}

/** A copy of the record with another number at a dotted path. */
export function withNumber<R extends object>(record: R, path: string, number: number): R {
  const [key, ...rest] = path.split('.') as [string, ...string[]]
  const inner = (record as Record<string, unknown>)[key]
  const value = rest.length === 0 ? number : withNumber((inner ?? {}) as object, rest.join('.'), number)
  return { ...record, [key]: value }
}

/** The sentence for what is no number of a dose. */
export const NO_DOSE = `meta.correctedDose must be a whole number from 1 to ${MOST_DOSES}: the dose that the certificate moves to`
