/** A row of a file as a request: the item that it certifies, or what it corrects on which certificate. Pure. */
import { lockOf, type CertificateType } from '@/lib/certificate-types/type'
import { readInstant } from '@/lib/certificates/dates'
import { sequenceOf } from '@/lib/certificates/lineage-key'
import { valueAt } from '@/lib/certificates/record'
import type { RowProblem } from './answers'
import { CODE, columnsOf, EMPTIED, EXAMPLE_CODE, meant, NUMBER, PROGRAMME, valueOfCell, type Column } from './columns'

/** Head of the column -> what stood there. */
export type Cells = Record<string, string>

/** A request item, or everything that is wrong with the row before the type has its say. */
export function certifyItem(type: CertificateType, cells: Cells): { item: object } | { problems: RowProblem[] } {
  const { texts, problems } = read(cells)
  if (texts.get(CODE) === EXAMPLE_CODE) problems.push(isExample())
  if (problems.length > 0) return { problems }
  const item: Record<string, unknown> = {}
  for (const name of [CODE, PROGRAMME]) if (texts.get(name)) item[name] = texts.get(name)
  for (const { head, field } of columnsOf(type)) {
    const text = texts.get(head)
    if (text) place(item, field.path, valueOfCell(field, text))
  }
  return { item }
}

/** Which certificate a row corrects, by its number or by code and dose, and how. */
export interface Correction {
  certificateId: string | null
  code: string | null
  sequence: number | null
  programId: string | null
  /** Values by path; null = made empty. */
  set: Map<string, unknown>
}

/** What a row corrects, or everything that is wrong with it. */
export function correctionOf(
  type: CertificateType,
  cells: Cells,
  timeZone: string,
): { correction: Correction } | { problems: RowProblem[] } {
  const { texts, problems } = read(cells)
  if (texts.get(CODE) === EXAMPLE_CODE) problems.push(isExample())
  const { sequence, key } = type.lineage
  const columns = columnsOf(type)
  const headOf = (path: string | undefined) => columns.find(({ field }) => field.path === path)?.head
  const keyHead = headOf(key)
  const sequenceHead = headOf(sequence)
  const certificateId = texts.get(NUMBER) || null
  const code = texts.get(CODE) || (keyHead && texts.get(keyHead)) || null
  const dose = (sequenceHead && texts.get(sequenceHead)) || null
  if (certificateId === null && code === null) {
    problems.push(
      wrong(
        NUMBER,
        `Say which certificate: by ${NUMBER}, or by ${[CODE, sequenceHead].filter(Boolean).join(' and ')}.`,
      ),
    )
  } else if (certificateId === null && sequenceHead && dose === null) {
    problems.push(wrong(sequenceHead, `${sequenceHead} is missing: a code alone may have several certificates.`))
  }
  const number = dose === null ? null : numberOf(dose, type, timeZone)
  if (dose !== null && number === null) {
    problems.push(
      wrong(
        sequenceHead!,
        `${sequenceHead} must be a whole number, or a date and time where the type counts by those.`,
      ),
    )
  }
  const set = new Map<string, unknown>()
  for (const { head, field } of columns) {
    const text = texts.get(head)
    if (!text || head === sequenceHead || head === keyHead) continue
    const locked = lockOf(type, field)
    if (locked !== undefined) problems.push(wrong(head, `${field.label} cannot be corrected. ${locked}`))
    else set.set(field.path, text.toLowerCase() === EMPTIED ? null : valueOfCell(field, text))
  }
  if (set.size === 0 && problems.length === 0)
    problems.push(wrong('', 'This row changes nothing: all other cells are empty.'))
  if (problems.length > 0) return { problems }
  const programId = texts.get(PROGRAMME) || null
  return { correction: { certificateId, code, sequence: number, programId, set } }
}

/** As lineages are told apart: a dose, or an instant by its minute. */
function numberOf(text: string, type: CertificateType, timeZone: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  const instant = readInstant(text, timeZone)
  if (!instant || type.lineage.sequence === undefined) return null
  const record: Record<string, unknown> = {}
  place(record, type.lineage.sequence, instant.toISOString())
  return sequenceOf(record, type)
}

/** A copy of a record with other values at some paths. */
export function withSet<R extends object>(record: R, set: ReadonlyMap<string, unknown>): R {
  const copy = structuredClone(record)
  for (const [path, value] of set) place(copy as Record<string, unknown>, path, value ?? undefined)
  return copy
}

/** The column that a JSON Pointer into a request item speaks of; "" = none. */
export function columnAt(type: CertificateType, at: string): string {
  const path = at
    .slice(1)
    .split('/')
    .filter((key) => !/^\d+$/.test(key))
    .join('.')
  if (path === CODE || path === PROGRAMME) return path
  const columns = columnsOf(type)
  const exact = columns.find(({ field }) => field.path === path)
  const below = (one: Column) => path !== '' && one.field.path.startsWith(`${path}.`) && one.field.required
  return (exact ?? columns.find(below))?.head ?? ''
}

function read(cells: Cells): { texts: Map<string, string>; problems: RowProblem[] } {
  const texts = new Map<string, string>()
  const problems: RowProblem[] = []
  for (const [head, cell] of Object.entries(cells)) {
    const text = meant(cell)
    if (text === null) problems.push(wrong(head, 'This cell begins like a formula. Write the value alone.'))
    else texts.set(head, text)
  }
  return { texts, problems }
}

function place(record: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop()!
  let here = record
  for (const key of keys) {
    if (typeof here[key] !== 'object' || here[key] === null) here[key] = {}
    here = here[key] as Record<string, unknown>
  }
  if (value === undefined) delete here[last]
  else here[last] = value
}

function isExample(): RowProblem {
  return wrong(CODE, 'This is the example row of the template: delete it.')
}

function wrong(column: string, message: string): RowProblem {
  return { column, code: 'VALIDATION_ERROR', message }
}

/** The value of a path as a text, for comparing. */
export function textAt(record: unknown, path: string): string {
  const value = valueAt(record, path)
  return value === undefined || value === null ? '' : [value].flat().join(', ')
}
