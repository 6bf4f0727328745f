/** The content of a record: what makes two requests "the same". */
import { createHash } from 'node:crypto'
import type { CertificateType } from '@/lib/certificate-types/type'
import { valueAt, type CertificateRecord } from './record'

/**
 * sha256 (hex) of a record without code, programme, meta and reason; age is left out where the date of birth says it better.
 * The enrollment type says how a person came to the first dose, not what is certified: it is no content either.
 */
export function contentHash(record: CertificateRecord, { person }: Pick<CertificateType, 'person'>): string {
  const { preEnrollmentCode: _c, programId: _p, enrollmentType: _e, meta: _m, reason: _r, ...sections } = record
  const isKnown = person.birthDate !== undefined && valueAt(record, person.birthDate) !== undefined
  const content = isKnown && person.age !== undefined ? without(sections, person.age.split('.')) : sections
  return createHash('sha256')
    .update(JSON.stringify(inKeyOrder(content)))
    .digest('hex')
}

function without(value: object, [key, ...rest]: string[]): object {
  const { [key!]: inner, ...others } = value as Record<string, unknown>
  return typeof inner === 'object' && inner !== null && rest.length > 0
    ? { ...others, [key!]: without(inner, rest) }
    : others
}

/** Records come back from jsonb with their keys in another order. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, inKeyOrder(inner)]),
  )
}
