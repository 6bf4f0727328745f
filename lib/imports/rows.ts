/** Rows of DIVOC's registry as its export writes them, one JSON object on a line. Pure. */
import { createHash } from 'node:crypto'
import type { Cause } from './findings'

/** Where a row stands. */
export interface Place {
  /** Index of the file among those given. */
  file: number
  /** From 1. */
  line: number
  /** Bytes. */
  offset: number
  length: number
}

/** One text for one place. */
export function placeKey({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`
}

/** A row of VaccinationCertificate. */
export interface CertificateRow {
  kind: 'certificate'
  /** The name of the registry's table, where the row stands in an object named after it. */
  entity: string | null
  certificateId: string
  /** '' = the row has none: the type may say by what else its certificates are found. */
  preEnrollmentCode: string
  /** '' = none */
  programId: string
  contact: string[]
  mobile: string | null
  meta: Record<string, unknown>
  /** The signed certificate, byte for byte. */
  text: string
  /** sha256 of the text, hex. */
  hash: string
  /** Instant in milliseconds, null where the row does not say. */
  createdAt: number | null
}

/** A row of RevokedCertificate. */
export interface RevocationRow {
  kind: 'revocation'
  /** The certificate that counts no more. */
  certificateId: string
  /** '' = it was not replaced but revoked. */
  successorId: string
  preEnrollmentCode: string | null
  dose: number | null
  createdAt: number | null
}

export type Unreadable = { kind: 'certificate' | 'revocation' | 'unknown'; cause: Cause; entity?: string }

/** Longest identifier: it is part of a database key. */
const LONGEST_ID = 300

/** Reads a line. Rows may stand in an object named after their entity, as the registry's API answers them. */
export function readRow(line: string): CertificateRow | RevocationRow | Unreadable {
  const parsed = jsonOf(line)
  if (!isObject(parsed)) return { kind: 'unknown', cause: 'NOT_JSON' }
  const { entity, row } = unwrapped(parsed)
  if ('certificate' in row || '_osSignedData' in row) return certificateRow(row, entity)
  if ('previousCertificateId' in row) return revocationRow(row)
  return { kind: 'unknown', ...(entity === null ? { cause: 'UNKNOWN_ROW' } : { cause: 'OTHER_ENTITY', entity }) }
}

/** {"TestCertificate": {…}} */
function unwrapped(parsed: Record<string, unknown>): { entity: string | null; row: Record<string, unknown> } {
  const [entity, ...others] = Object.keys(parsed)
  const row = entity !== undefined && others.length === 0 && /^[A-Z][A-Za-z0-9_]{0,59}$/.test(entity) && parsed[entity]
  return isObject(row) ? { entity: entity!, row } : { entity: null, row: parsed }
}

function certificateRow(row: Record<string, unknown>, entity: string | null): CertificateRow | Unreadable {
  const unreadable = (cause: Cause): Unreadable => ({ kind: 'certificate', cause })
  if (!isId(row.certificateId)) return unreadable('NO_NUMBER')
  const { preEnrollmentCode: code = '', programId = '' } = row
  if (!isId(code) && (entity === null || code !== '')) return unreadable('NO_CODE')
  // Sunbird RC keeps what it signed under a name of its own.
  const text = row.certificate ?? row._osSignedData
  if (typeof text !== 'string' || text === '') return unreadable('NO_CERTIFICATE')
  const meta = metaOf(row.meta)
  if (
    !isStorable([text, meta, row.contact, row.mobile]) ||
    (programId !== null && programId !== '' && !isId(programId))
  )
    return unreadable('NOT_STORABLE')
  return {
    kind: 'certificate',
    entity,
    certificateId: row.certificateId,
    preEnrollmentCode: code,
    programId: programId ?? '',
    contact: [row.contact ?? []].flat().filter((one) => typeof one === 'string' && one !== ''),
    mobile: typeof row.mobile === 'string' && row.mobile !== '' ? row.mobile : null,
    meta,
    text,
    hash: createHash('sha256').update(text).digest('hex'),
    createdAt: instantOf(row.osCreatedAt),
  } as CertificateRow
}

function revocationRow(row: Record<string, unknown>): RevocationRow | Unreadable {
  const { previousCertificateId, certificateId, preEnrollmentCode, dose } = row
  if (!isId(previousCertificateId)) return { kind: 'revocation', cause: 'REVOKES_NOTHING' }
  // RevokedVC of DIVOC 3.0: with an end it is a suspension.
  if (typeof row.endDate === 'string' && row.endDate !== '') return { kind: 'revocation', cause: 'SUSPENDED_THERE' }
  return {
    kind: 'revocation',
    certificateId: previousCertificateId,
    successorId: isId(certificateId) ? certificateId : '',
    preEnrollmentCode: isId(preEnrollmentCode) ? preEnrollmentCode : null,
    dose: typeof dose === 'number' ? dose : null,
    createdAt: instantOf(row.osCreatedAt),
  }
}

/** `meta` is an object, or the text of one. */
function metaOf(given: unknown): Record<string, unknown> {
  const meta = typeof given === 'string' ? jsonOf(given) : given
  return isObject(meta) ? meta : {}
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_ID && isStorable(value)
}

function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : NaN
  return Number.isFinite(at) ? at : null
}

/** Undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the database can hold it: it takes neither NUL nor lone surrogates. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}
