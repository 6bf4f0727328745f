/** The columns of a type's CSV files, and what a cell says: read into the values of a request, written from them. Pure. */
import { fieldsOf, type CertificateType, type Field } from '@/lib/certificate-types/type'

/** What every file may have besides the columns of its type. */
export const CODE = 'preEnrollmentCode'
export const PROGRAMME = 'programId'
/** Of corrections: which certificate. */
export const NUMBER = 'certificateId'
export const ENVELOPE_COLUMNS: readonly string[] = [CODE, PROGRAMME, NUMBER]

/** In a correction an empty cell changes nothing; this makes the value empty. */
export const EMPTIED = '(empty)'
/** The code of the example row of a template: nobody certifies that by mistake. */
export const EXAMPLE_CODE = 'EXAMPLE'

export interface Column {
  head: string
  field: Field
}

/** The columns of a type: those that it declares, else every field in order, headed by its path. */
export function columnsOf(type: CertificateType): Column[] {
  const fields = fieldsOf(type)
  if (!type.csv) return fields.map((field) => ({ head: field.path, field }))
  return type.csv.flatMap(({ column, path }) => {
    const field = fields.find((one) => one.path === path)
    return field ? [{ head: column, field }] : []
  })
}

/** The columns without which no row could be certified. */
export function neededColumns(type: CertificateType): string[] {
  const sections = new Set(type.sections.flatMap(({ id, required }) => (required ? [id] : [])))
  const needed = columnsOf(type).filter(
    ({ field }) => field.required && !field.group && sections.has(field.path.split('.')[0]!),
  )
  return [...(type.lineage.key === undefined ? [CODE] : []), ...needed.map(({ head }) => head)]
}

/** What somebody sees who opens the file instead of a value: nothing that a spreadsheet works out. */
const FORMULA = /^(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?![\d\s().-]*$))/u
/** As our own files, and careful people, write a text that would else be one. */
const MADE_TEXT = /^'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/u

/** A cell as it is meant; null = it is a formula, not a value. */
export function meant(cell: string): string | null {
  const text = cell.trim()
  if (MADE_TEXT.test(text)) return text.slice(1)
  return FORMULA.test(text) ? null : text
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A cell as the value of a request. What cannot be read stays a text: the type's own checks say what is wrong with it. */
export function valueOfCell({ kind }: Pick<Field, 'kind'>, text: string): unknown {
  if (kind === 'contacts') return text.split(/[,;|]/).flatMap((one) => contactOf(one.trim()) ?? [])
  if (kind === 'wholeNumber') return /^-?\d{1,9}$/.test(text) ? Number(text) : text
  if (kind !== 'date') return text
  // As DIVOC's files write it: 02-Jan-2006.
  const [, day, month, year] = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text) ?? []
  const at = MONTHS.indexOf((month ?? '').toLowerCase())
  return at < 0 ? text : `${year}-${String(at + 1).padStart(2, '0')}-${day!.padStart(2, '0')}`
}

/** DIVOC's files have a bare number in that column. */
function contactOf(text: string): string | null {
  if (text === '') return null
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text
  return text.includes('@') ? `mailto:${text}` : `tel:${text}`
}

/** A value as a cell, so that it is read as the same value. */
export function cellOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}
