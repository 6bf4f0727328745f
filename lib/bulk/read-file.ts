/** Reads an uploaded file row by row: CSV with any usual separator, or JSON lines. Nothing is dropped: what is odd is said of its row. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { RowProblem } from './answers'
import { textOf, unreadable } from './decode'
import type { Cells } from './rows'

export interface FileRow {
  /** As spreadsheets count: the header is row 1. */
  row: number
  cells: Cells
  problems: RowProblem[]
}

export interface ReadRows {
  /** Heads of the columns; of JSON lines null: every line has its own. */
  heads: string[] | null
  /** The rows in which something stands; the numbers of all others are left out. */
  rows: AsyncIterable<FileRow>
}

/** Longest row, in characters: 28 columns of 300 letters are far below. */
const LONGEST_ROW = 64 * 1024
/** What stands in place of a NUL: PostgreSQL has none in text. */
const SHOWN_NUL = '\u2400'

/** Refusals: INVALID_TEMPLATE with what is wrong with the file as a whole. */
export async function readFile(bytes: AsyncIterable<Uint8Array>): Promise<ReadRows> {
  const text = textOf(bytes)
  const begin = await firstLine(text)
  if (begin.trim() === '') throw unreadable('The file is empty.')
  const all = again(begin, text)
  if (begin.trimStart().startsWith('{')) return { heads: null, rows: jsonLines(all) }
  const records = csvRecords(all, separatorOf(begin))
  const { value: header } = await records.next()
  const heads = (header ?? []).map((head) => head.replaceAll('\u0000', SHOWN_NUL).trim())
  return { heads, rows: csvRows(heads, records) }
}

/** Enough of the file to see its first line. */
async function firstLine(text: AsyncGenerator<string>): Promise<string> {
  let begin = ''
  while (!begin.trimStart().includes('\n')) {
    if (begin.length > LONGEST_ROW) throw unreadable('The first line is too long to be the header of a table.')
    const { value, done } = await text.next()
    if (done) return begin
    begin += value
  }
  return begin
}

async function* again(begin: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield begin
  yield* rest
}

/** What stands oftenest between the heads, outside quotation marks. */
function separatorOf(begin: string): string {
  const line = begin
    .trimStart()
    .split(/\r?\n/, 1)[0]!
    .replaceAll(/"[^"]*"/g, '')
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((most, sign) => (count(sign) > count(most) ? sign : most))
}

async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<string[], void> {
  const parser = parse({ delimiter, relax_column_count: true, max_record_size: LONGEST_ROW })
  // What goes wrong in the source ends the parser, and so the loop below.
  pipeline(Readable.from(text), parser, () => {})
  try {
    for await (const record of parser) yield record as string[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw unreadable(SENTENCES[error.code]?.(Number(error.lines)) ?? `Line ${error.lines} cannot be read as CSV.`)
  }
}

const SENTENCES: Partial<Record<string, (line: number) => string>> = {
  CSV_QUOTE_NOT_CLOSED: (line) => `A quotation mark is opened and never closed; the file ends in line ${line}.`,
  CSV_INVALID_CLOSING_QUOTE: (line) =>
    `In line ${line} letters follow a closing quotation mark. Write " inside a cell as "".`,
  INVALID_OPENING_QUOTE: (line) =>
    `In line ${line} a quotation mark stands in the middle of a cell. Write the cell in quotation marks, and the mark in it as "".`,
  CSV_MAX_RECORD_SIZE: (line) =>
    `The row around line ${line} is longer than ${LONGEST_ROW} characters. Is a quotation mark missing?`,
}

async function* csvRows(heads: string[], records: AsyncIterable<string[]>): AsyncGenerator<FileRow> {
  let row = 1
  for await (const record of records) {
    row += 1
    if (record.every((cell) => cell.trim() === '')) continue
    const problems: RowProblem[] = []
    if (record.length !== heads.length) {
      problems.push(wrong('', `This row has ${record.length} cells, the header has ${heads.length}.`))
    }
    const cells: Cells = Object.fromEntries(heads.map((head, at) => [head, cellOf(head, record[at] ?? '', problems)]))
    if (record.length > heads.length) cells[BEYOND] = cellOf(BEYOND, record.slice(heads.length).join(' | '), problems)
    yield { row, cells, problems }
  }
}

/** Where cells stand that no column has. */
const BEYOND = '…'

async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<FileRow> {
  let row = 0
  for await (const line of linesOf(text)) {
    row += 1
    if (line.trim() === '') continue
    yield rowOfJson(row, line)
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let left = ''
  let row = 1
  for await (const some of text) {
    const lines = (left + some).split('\n')
    left = lines.pop()!
    row += lines.length
    if (left.length > LONGEST_ROW) throw unreadable(`Line ${row} is longer than ${LONGEST_ROW} characters.`)
    yield* lines
  }
  yield left
}

/** {column: text, number, list of texts, or null = made empty} */
function rowOfJson(row: number, line: string): FileRow {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return {
      row,
      cells: { [BEYOND]: cellOf(BEYOND, line.slice(0, 1000), []) },
      problems: [wrong('', 'This line is no JSON.')],
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { row, cells: {}, problems: [wrong('', 'This line is no JSON object.')] }
  }
  const problems: RowProblem[] = []
  const cells: Cells = {}
  for (const [head, given] of Object.entries(value)) {
    const text = textOfJson(given)
    if (text === null) problems.push(wrong(head, 'This is neither a text nor a number.'))
    Object.defineProperty(cells, head, {
      value: cellOf(head, text ?? JSON.stringify(given).slice(0, 300), problems),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return { row, cells, problems }
}

function textOfJson(value: unknown): string | null {
  if (value === null) return '(empty)'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : null
}

function cellOf(head: string, text: string, problems: RowProblem[]): string {
  if (!text.includes('\u0000') && text.isWellFormed()) return text
  problems.push(wrong(head, 'This cell holds a character that is none (NUL, or half of one).'))
  return text.toWellFormed().replaceAll('\u0000', SHOWN_NUL)
}

function wrong(column: string, message: string): RowProblem {
  return { column, code: 'VALIDATION_ERROR', message }
}
