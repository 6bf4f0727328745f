/** The request as a zod schema, made from the certificate type: the API, the form, OpenAPI and the tests all read this one. */
import { z } from 'zod'
import { FORMATS, fits } from '@/lib/certificate-types/pattern'
import { formOf, type CertificateType, type Field, type Form } from '@/lib/certificate-types/type'
import type { RefusalCode } from '@/lib/errors'
import { isDate, readInstant } from './dates'
import { isPlainObject, valueAt, type CertificateRecord } from './record'

export interface Clock {
  now: () => Date
  /** IANA zone in which date-times without a zone are read. */
  timeZone: string
}

const DAY = 24 * 60 * 60 * 1000
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u
const BIDI_OVERRIDE = /[\u202a-\u202e\u2066-\u2069]/u
/** At least one letter, digit, sign or symbol: spaces and invisible characters alone say nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{M}]/u
const UNSAFE_IN_ID = /[<>"]/
/** Longest value. Identifiers are part of a database key, whose entries are at most 2,704 bytes. */
const LONGEST_TEXT = 300

/**
 * The schema of one request item in its normal form; `form` is the generation of the request. Parse the result of
 * `pruned()` (record.ts) with it.
 * Issues that are more than a wrong format carry `params.code`, a RefusalCode.
 */
export function requestSchema(
  type: CertificateType,
  clock: Clock,
  form: Form = 'certifyV3',
): z.ZodType<CertificateRecord> {
  const shape: Record<string, z.ZodType> = {
    preEnrollmentCode: identifier('Pre-enrollment code'),
    enrollmentType: plainText('Enrollment type').optional(),
    programId: identifier('Programme').optional(),
    comorbidities: z.array(plainText('Comorbidity')).optional(),
    ...sections(type, clock, formOf(type, form).alsoRequired),
    meta: z
      .record(z.string(), z.unknown(), 'meta must be an object')
      .refine(isStorable, 'meta holds NUL or half a character (a lone surrogate)')
      .optional(),
    reason: reason().optional(),
  }
  return z
    .object(shape, 'must be an object')
    .superRefine((record, context) => crossChecks(record, type, context, clock)) as never
}

/** JSON Pointers of the keys in a request item that no field of the type uses. */
export function unknownKeys(item: unknown, type: CertificateType): string[] {
  const known = new Set(['preEnrollmentCode', 'enrollmentType', 'programId', 'comorbidities', 'meta', 'reason'])
  for (const field of type.sections.flatMap((section) => section.fields)) {
    const keys = field.path.split('.')
    keys.forEach((_, depth) => known.add(keys.slice(0, depth + 1).join('.')))
  }
  const found: string[] = []
  const walk = (value: unknown, path: string[]) => {
    if (!isPlainObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, key]
      if (!known.has(here.join('.'))) found.push(pointer(here))
      else if (here[0] !== 'meta' && here[0] !== 'reason') walk(inner, here)
    }
  }
  walk(item, [])
  return found
}

/** A path of keys as a JSON Pointer (RFC 6901). */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function sections(type: CertificateType, clock: Clock, required: string[]): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {}
  for (const { id, fields, title, ...section } of type.sections) {
    const built = objectOf({ fields, prefix: id, title, clock, required })
    shape[id] = section.required || required.includes(id) ? built : built.optional()
  }
  return shape
}

interface ObjectOf {
  fields: Field[]
  prefix: string
  title: string
  clock: Clock
  /** Paths that are required though the type does not say so. */
  required: string[]
}

/** Builds the (nested) object of the fields below a path. An optional group becomes an optional object. */
function objectOf({ fields, prefix, title, clock, required }: ObjectOf): z.ZodType {
  const shape: Record<string, z.ZodType> = {}
  const depth = prefix.split('.').length
  for (const field of fields) {
    const keys = field.path.split('.')
    const key = keys[depth]!
    if (keys.length === depth + 1) {
      const value = valueOf(field, clock)
      shape[key] = field.required || required.includes(field.path) ? value : value.optional()
    } else if (!shape[key]) {
      const inner = `${prefix}.${key}`
      const members = fields.filter((other) => other.path.startsWith(`${inner}.`))
      const built = objectOf({ fields: members, prefix: inner, title: `${title} ${key}`, clock, required })
      shape[key] = field.group === inner && !required.includes(inner) ? built.optional() : built
    }
  }
  return z.object(shape, {
    error: (issue) => (issue.input === undefined ? `${title} is missing` : `${title} must be an object`),
  })
}

function valueOf(field: Field, clock: Clock): z.ZodType {
  switch (field.kind) {
    case 'text':
    case 'choice':
    case 'code':
      return ofForm(field, plainText(field.label, field.minLength, field.maxLength))
    case 'identifier':
      return ofForm(field, identifier(field.label, field.maxLength))
    case 'date':
      return text(field.label).refine(isDate, `${field.label} must be a day since 1900 written YYYY-MM-DD`)
    case 'instant':
      return text(field.label).transform((given, context) => {
        const instant = readInstant(given, clock.timeZone)
        if (instant === null) {
          refuse(context, 'VALIDATION_ERROR', `${field.label} must be a date and time, for example 2021-10-17T13:10`)
          return z.NEVER
        }
        if (!field.future && instant.getTime() > clock.now().getTime() + DAY) {
          refuse(context, 'VALIDATION_ERROR', `${field.label} is in the future`)
        }
        return instant.toISOString()
      })
    case 'age':
      return z
        .union([z.string(), z.number()], message(field.label, 'must be whole years'))
        .transform(String)
        .refine((age) => /^-?\d{1,3}$/.test(age), `${field.label} must be whole years`)
    case 'contacts':
      return z.array(plainText('Contact', 1), message(field.label, 'must be a list'))
    case 'wholeNumber':
      return z
        .number(message(field.label, 'must be a number'))
        .int(`${field.label} must be a whole number`)
        .min(field.minimum ?? 1, `${field.label} must be ${field.minimum ?? 1} or more`)
        .max(field.maximum ?? 1000, `${field.label} must be ${field.maximum ?? 1000} or less`)
  }
}

function text(label: string) {
  return z.string(message(label, 'must be text'))
}

/** Text that a credential, a QR code and a page can carry. */
function plainText(label: string, minLength = 1, maxLength = LONGEST_TEXT) {
  return text(label)
    .min(minLength, minLength === 1 ? `${label} is missing` : `${label} needs at least ${minLength} characters`)
    .max(maxLength, `${label} is longer than ${maxLength} characters`)
    .superRefine((value, context) => {
      if (value.length >= minLength && !VISIBLE.test(value)) refuse(context, 'VALIDATION_ERROR', `${label} is missing`)
      if (!value.isWellFormed())
        refuse(context, 'VALIDATION_ERROR', `${label} holds half a character (a lone surrogate)`)
      if (CONTROL.test(value)) refuse(context, 'VALIDATION_ERROR', `${label} holds a control character or line break`)
      if (BIDI_OVERRIDE.test(value)) {
        refuse(
          context,
          'UNSUPPORTED_CHARACTER',
          `${label} holds an invisible character that reverses the text around it`,
        )
      }
    })
}

/** The pattern and the values that the type allows. */
function ofForm({ label, pattern, format, allowed }: Field, schema: z.ZodType<string>): z.ZodType {
  const form = pattern ?? (format && FORMATS[format].pattern)
  const says =
    format && !pattern ? FORMATS[format].says : `is not written as it must be${pattern ? `: ${pattern}` : ''}`
  const checked = form === undefined ? schema : schema.refine((value) => fits(form, value), `${label} ${says}`)
  if (!allowed) return checked
  return checked.refine((value) => allowed.includes(value), `${label} must be one of: ${allowed.join(', ')}`)
}

function identifier(label: string, maxLength = LONGEST_TEXT) {
  return plainText(label, 1, maxLength).refine((value) => !UNSAFE_IN_ID.test(value), `${label} must not hold < > or "`)
}

function reason() {
  return z.object({
    requestedBy: z.enum(['holder', 'guardian', 'facility', 'other'], 'Say who asked for the correction'),
    cause: z.enum(
      ['our typing error', 'holder gave wrong information', 'missing information', 'name changed by law', 'other'],
      'Say why the correction is needed',
    ),
    note: plainText('Note').max(500, 'The note is longer than 500 characters').optional(),
  })
}

/** What a single field cannot know: what the type says of several. */
function crossChecks(record: unknown, type: CertificateType, context: z.RefinementCtx, clock: Clock): void {
  for (const check of type.checks) {
    if (check.check === 'inOrder') {
      const [first, last] = [valueAt(record, check.first), valueAt(record, check.last)]
      if (first === undefined || last === undefined || String(last) >= String(first)) continue
      const sentence = `${labelOf(type, check.last)} is before ${lowered(labelOf(type, check.first))}`
      refuse(context, 'VALIDATION_ERROR', sentence, check.last.split('.'))
    } else checkAge(record, check, context, clock)
  }
}

/** The two sentences about age and date of birth are those of the peer's contract. */
function checkAge(
  record: unknown,
  { age: ageAt, birthDate }: { age: string; birthDate: string },
  context: z.RefinementCtx,
  clock: Clock,
): void {
  const [dob, age] = [valueAt(record, birthDate), valueAt(record, ageAt)]
  const isLater = dob !== undefined && Date.parse(String(dob)) > clock.now().getTime()
  if (dob === undefined && age === undefined) {
    const sentence = 'Age and DOB both are missing. Atleast one should be present'
    refuse(context, 'MISSING_FIELDS', sentence, birthDate.split('.'))
  } else if (isLater || Number(age) < 0) {
    const wrong = isLater ? birthDate : ageAt
    refuse(context, 'MISSING_FIELDS', 'Invalid Age or DOB. Should be less than current date', wrong.split('.'))
  }
}

function labelOf(type: CertificateType, path: string): string {
  const fields = type.sections.flatMap((section) => section.fields)
  return fields.find((field) => field.path === path)?.label ?? path
}

function lowered(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1)
}

function refuse(context: z.RefinementCtx, code: RefusalCode, sentence: string, path: string[] = []): void {
  context.addIssue({ code: 'custom', message: sentence, path, params: { code } })
}

function message(label: string, wrongType: string) {
  return {
    error: (issue: { input?: unknown }) =>
      issue.input === undefined ? `${label} is missing` : `${label} ${wrongType}`,
  }
}

/** Whether the database can hold this as JSON: it takes neither NUL nor lone surrogates in text. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}
