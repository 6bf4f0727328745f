/** What an update says about where a certificate moves to: another dose, or another instant, as its type tells them apart. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { sequenceOf } from './lineage-key'
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
 * Takes `meta.correctedDose` out of the meta and puts it into the record where the type has what tells certificates apart
 * (vaccination.dose; an instant as YYYY-MM-DDTHH:MM:SSZ). What stands there already moves nothing, and neither do null and
 * "". A type that issues one to each code moves nothing, and keeps the meta as it is. Null for what is no such value.
 */
export function withCorrectedDose(
  given: CertificateRecord,
  { lineage }: Pick<CertificateType, 'lineage'>,
): Corrected | null {
  const { sequence } = lineage
  const { correctedDose: asked, ...otherMeta } = given.meta ?? {}
  if (asked === undefined || sequence === undefined) return { record: given, correctedDose: null }
  const { meta: _all, ...rest } = given
  const record = Object.keys(otherMeta).length > 0 ? { ...rest, meta: otherMeta } : rest
  if (asked === null || asked === '') return { record, correctedDose: null }
  const value = typeof valueAt(given, sequence) === 'string' ? instantIn(asked) : doseIn(asked)
  if (value === null) return null
  const moved = withValueAt(record, sequence, value)
  const [from, to] = [sequenceOf(given, { lineage }), sequenceOf(moved, { lineage })]
  return { record: moved, correctedDose: to === from ? null : to }
}

function doseIn(asked: unknown): number | null {
  return typeof asked === 'number' && Number.isInteger(asked) && asked >= 1 && asked <= MOST_DOSES ? asked : null
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/

function instantIn(asked: unknown): string | null {
  if (typeof asked !== 'string' || !INSTANT.test(asked) || Number.isNaN(Date.parse(asked))) return null
  return new Date(asked).toISOString()
}

/** A copy of the record with another value at a dotted path. */
export function withValueAt<R extends object>(record: R, path: string, value: unknown): R {
  const [key, ...rest] = path.split('.') as [string, ...string[]]
  const inner = (record as Record<string, unknown>)[key]
  return {
    ...record,
    [key]: rest.length === 0 ? value : withValueAt((inner ?? {}) as object, rest.join('.'), value),
  }
}

/** The sentence for what is no number of a dose. */
export const NO_DOSE = `meta.correctedDose must be a whole number from 1 to ${MOST_DOSES}: the dose that the certificate moves to (an instant, for example 2021-10-17T13:10:00Z, where the type tells certificates apart by one)`
