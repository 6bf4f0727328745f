/** Reads the items of a request: every item into its normal form with warnings, or every reason why not. */
import type { z } from 'zod'
import type { CertificateType, Field, Form } from '@/lib/certificate-types/type'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import { nameOfCharacter, unsupportedCharacters } from '@/lib/rendering/glyphs'
import { contentHash } from './content'
import type { Context } from './context'
import { givenBySettings, missingCoreData } from './core-data'
import { pathOfHidden } from './hidden'
import { checkFitsQr, REAL, type CredentialKind } from './draft-credential'
import { normalForm, type ItemIssue, type NormalForm } from './normal-form'
import { valueAt, type CertificateRecord } from './record'
import { pointer, requestSchema, unknownKeys } from './schema'
import type { Warning } from './answers'

export const MAX_ITEMS = 500

export interface ReadItem extends NormalForm {
  index: number
  contentHash: string
  /** The request says programId "": it means the certificate without a programme, and no other. */
  withoutProgramme: boolean
  warnings: Warning[]
}

export interface ReadItems {
  items: ReadItem[]
  refused: RefusalDetail[]
}

/** Reads an array of request items. Throws a Refusal only for what is wrong with the array itself. */
export function readItems(body: unknown, type: CertificateType, context: Context, kind: CredentialKind): ReadItems {
  if (!Array.isArray(body))
    throw new Refusal('MALFORMED_REQUEST', 'The body must be an array of certification requests.')
  if (body.length === 0) throw new Refusal('MALFORMED_REQUEST', 'The array is empty: there is nothing to do.')
  if (body.length > MAX_ITEMS) {
    throw new Refusal('TOO_MANY_ITEMS', `The array has ${body.length} items; at most ${MAX_ITEMS} are taken at once.`)
  }
  const items: ReadItem[] = []
  const refused: RefusalDetail[] = []
  body.forEach((given, index) => {
    const read = readItem(given, type, context, kind)
    if ('issues' in read) refused.push(...read.issues.map((issue) => ({ index, ...issue })))
    else items.push({ index, ...read })
  })
  return { items, refused }
}

/** Reads one request item of one generation: its normal form, or everything that is wrong with it. */
export function readItem(
  given: unknown,
  type: CertificateType,
  context: Context,
  kind: CredentialKind = REAL,
): Omit<ReadItem, 'index'> | { issues: ItemIssue[] } {
  const form = normalForm(given, type, schemaFor(type, kind.form, context))
  if ('issues' in form) return form
  const { record } = form
  // Markers of hidden values are measured when the values are in their place.
  const issues = pathOfHidden(record) === null ? unfit(record, type, context, kind) : []
  if (issues.length > 0) return { issues }
  const warnings = unknownKeys(given, type).map((path) => ({
    path,
    message: 'This field is not known and was ignored.',
  }))
  const withoutProgramme = (given as { programId?: unknown }).programId === ''
  return {
    ...form,
    contentHash: contentHash(record, type),
    withoutProgramme,
    warnings: [...warnings, ...remarks(record, type, context)],
  }
}

type Schemas = WeakMap<Context, z.ZodType<CertificateRecord>>
const schemas = new WeakMap<CertificateType, Record<Form, Schemas>>()

/** Building the schema and its first parse cost 1.4 ms, a parse 0.1 ms: it is built once for each version and context. */
function schemaFor(type: CertificateType, form: Form, context: Context): z.ZodType<CertificateRecord> {
  const clock = { now: context.now, timeZone: context.settings.issuer.timeZone }
  const ofType = schemas.get(type) ?? { certifyV3: new WeakMap(), certifyV2: new WeakMap() }
  schemas.set(type, ofType)
  const kept = ofType[form].get(context) ?? requestSchema(type, clock, form)
  ofType[form].set(context, kept)
  return kept
}

/** The same item with a record in which values stand for the markers of the first one, or everything that is wrong with it. */
export function withValues(
  item: ReadItem,
  record: CertificateRecord,
  type: CertificateType,
  context: Context,
  kind: CredentialKind = REAL,
): ReadItem | { issues: ItemIssue[] } {
  const issues = unfit(record, type, context, kind)
  if (issues.length > 0) return { issues }
  const before = new Set(remarks(item.record, type, context).map(({ message }) => message))
  const warnings = item.warnings.filter(({ message }) => !before.has(message))
  return {
    ...item,
    record,
    contentHash: contentHash(record, type),
    warnings: [...warnings, ...remarks(record, type, context)],
  }
}

/** What is readable and can become no certificate all the same. */
function unfit(record: CertificateRecord, type: CertificateType, context: Context, kind: CredentialKind): ItemIssue[] {
  return [...undrawable(record, type), ...tooLongForPages(record, type), ...checkFitsQr(record, type, context, kind)]
}

/** Text is tested against the shipped fonts now: later, on the page, it would be too late to say so. */
function undrawable(record: CertificateRecord, type: CertificateType): ItemIssue[] {
  const fields: Pick<Field, 'path' | 'label'>[] = type.sections.flatMap((section) => section.fields)
  return [{ path: 'preEnrollmentCode', label: 'Pre-enrollment code' }, ...fields].flatMap(({ path, label }) => {
    const characters = unsupportedCharacters([valueAt(record, path) ?? ''].flat().join(' '))
    if (characters.length === 0) return []
    const named = characters.slice(0, 5).map(nameOfCharacter)
    const message = `${label} holds a character that cannot be printed: ${named.join(', ')}`
    return [{ path: pointer(path.split('.')), code: 'UNSUPPORTED_CHARACTER' as const, message }]
  })
}

/** Wide letters fill a page with some 900 characters; a certificate has at most four pages, and lists previous doses too. */
const ROOM_ON_PAGES = 1500

/** What is accepted must be printable: the values that stand on paper, together. */
function tooLongForPages(record: CertificateRecord, type: CertificateType): ItemIssue[] {
  const printed = type.sections.flatMap((section) => section.fields).filter((field) => field.printed)
  const sizes = printed.map((field) => ({ field, size: String(valueAt(record, field.path) ?? '').length }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  if (total <= ROOM_ON_PAGES) return []
  const longest = sizes.reduce((most, one) => (one.size > most.size ? one : most))
  const message = `The printed values have ${total} characters together; the pages have room for ${ROOM_ON_PAGES}.`
  return [{ path: pointer(longest.field.path.split('.')), code: 'VALIDATION_ERROR', message }]
}

/** What is odd but none of our business to refuse. */
function remarks(record: CertificateRecord, type: CertificateType, { settings }: Context): Warning[] {
  const missing = missingCoreData(record, type, givenBySettings(type, settings.credential))
  const warnings: Warning[] = missing.map(({ field, message }) => ({ path: pointer(field.path.split('.')), message }))
  const { vaccination, recipient } = record as Partial<CertificateRecord>
  if (vaccination) {
    const name = vaccination.name.toLowerCase().replaceAll(' ', '')
    const listed = type.codeLists.vaccines?.some(
      (entry) => entry.match && name.includes(entry.match.replaceAll(' ', '')),
    )
    if (!listed) warnings.push({ path: '/vaccination/name', message: 'No ICD-11 code is known for this vaccine.' })
    if (vaccination.dose > vaccination.totalDoses) {
      warnings.push({ path: '/vaccination/dose', message: 'More than the total doses: shown as a booster.' })
    }
    if (recipient?.dob !== undefined && vaccination.date.slice(0, 10) < recipient.dob) {
      warnings.push({ path: '/vaccination/date', message: 'The vaccination is earlier than the date of birth.' })
    }
  }
  if (recipient?.contact && !recipient.contact.some((contact) => contact.startsWith('tel:'))) {
    warnings.push({ path: '/recipient/contact', message: 'No phone number: the holder cannot be told by message.' })
  }
  return warnings
}
