/** What an update says about the dose that a certificate moves to. */
import type { CertificateRecord } from './record'

/** As the schema has it for doses. */
const MOST_DOSES = 1000

export interface Corrected {
  /** With the new dose, and without the word about it: later updates keep the meta, and must not move anything. */
  record: CertificateRecord
  /** Where the certificate goes, null when it stays. */
  correctedDose: number | null
}

/**
 * Takes `meta.correctedDose` out of the meta and puts it into the record as its dose. The number that stands there already
 * moves nothing, and neither do null and "". Null when it is no number of a dose.
 */
export function withCorrectedDose(given: CertificateRecord): Corrected | null {
  const { correctedDose: asked, ...otherMeta } = given.meta ?? {}
  if (asked === undefined) return { record: given, correctedDose: null }
  const { meta: _all, ...rest } = given
  const record = Object.keys(otherMeta).length > 0 ? { ...rest, meta: otherMeta } : rest
  if (asked === null || asked === '') return { record, correctedDose: null }
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1 || asked > MOST_DOSES) return null
  return {
    record: { ...record, vaccination: { ...given.vaccination, dose: asked } },
    correctedDose: asked === given.vaccination.dose ? null : asked,
  }
}

/** The sentence for what is no number of a dose. */
export const NO_DOSE = `meta.correctedDose must be a whole number from 1 to ${MOST_DOSES}: the dose that the certificate moves to`
