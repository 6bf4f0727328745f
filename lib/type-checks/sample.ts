/** A record that a type could have: for previews, and to try it out. Pure. */
import { FORMATS, piecesOf } from '@/lib/certificate-types/pattern'
import { choicesOf, fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'

/** The certificate number of every sample. */
export const SAMPLE_NUMBER = '000000000000'

/** Longest text of a field that does not say so. */
const LONGEST = 300

/** A record with a value in every field; `longest`: as long as the type allows each of them to be. */
export function sampleRecord(type: CertificateType, { longest = false } = {}): Record<string, unknown> {
  const record: Record<string, unknown> = { preEnrollmentCode: longest ? filler(40) : '987456126' }
  for (const field of fieldsOf(type)) place(record, field.path.split('.'), valueOf(field, type, longest))
  return record
}

function valueOf(field: Field, type: CertificateType, longest: boolean): unknown {
  switch (field.kind) {
    case 'date':
      return field.path.endsWith('Until') ? '2030-12-31' : '2020-05-17'
    case 'instant':
      return '2021-10-17T13:10:00.000Z'
    case 'age':
      return '42'
    case 'contacts':
      return ['tel:+94000000000']
    case 'wholeNumber':
      return field.minimum ?? 1
    default:
      return textOf(field, type, longest)
  }
}

function textOf(field: Field, type: CertificateType, longest: boolean): string {
  const { allowed, options, codeList, pattern, format, maxLength = LONGEST, minLength } = field
  const form = pattern ?? (format && FORMATS[format].pattern)
  if (allowed) return longest ? allowed.reduce((one, other) => (other.length > one.length ? other : one)) : allowed[0]!
  if (form) return fitting(form, longest ? maxLength : minLength).slice(0, maxLength)
  if (longest) return filler(maxLength)
  return (
    options?.[0] ??
    (codeList && choicesOf(type, codeList)[0]) ??
    `${field.label} ${'sample'.padEnd(minLength - field.label.length, 'x')}`.slice(0, maxLength)
  )
}

/** A text of a pattern, of about this length. */
function fitting(pattern: string, length: number): string {
  const candidates = 'A7a@.- /'.split('')
  const pieces = piecesOf(pattern)
  const least = pieces.reduce((sum, piece) => sum + piece.least, 0)
  let spare = Math.max(0, length - least)
  return pieces
    .map(({ is, least: n, most }) => {
      const more = Math.min(spare, most - n)
      spare -= more
      const one = candidates.find((candidate) => is.test(candidate)) ?? [...printable()].find((c) => is.test(c)) ?? '0'
      return one.repeat(n + more)
    })
    .join('')
}

function* printable(): Generator<string> {
  for (let code = 0x20; code < 0x250; code++) yield String.fromCharCode(code)
}

/** Text in which a packer finds no repetition: as large in a QR code as names of that length can be. */
function filler(length: number): string {
  let state = 7
  return Array.from({ length }, (_, at) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return at > 0 && at % 9 === 0 ? ' ' : String.fromCharCode(97 + ((state >> 16) % 26))
  }).join('')
}

function place(record: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) record[key!] = value
  else place((record[key!] ??= {}) as Record<string, unknown>, rest, value)
}
