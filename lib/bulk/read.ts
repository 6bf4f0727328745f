/** Reading bulk runs: the list, one with its progress, its rows, and all of them as a file. */
import { csvLine } from '@/lib/audit/csv'
import { notSecondPerson } from '@/lib/approvals/access'
import { publishedType } from '@/lib/certificate-types/live'
import type { CertificateType } from '@/lib/certificate-types/type'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { hiddenShown } from '@/lib/certificates/hidden'
import { maskFor } from '@/lib/certificates/masks'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { visibleRun } from './access'
import type { BulkRow, BulkRowState, BulkRun } from './answers'
import { columnsOf } from './columns'
import type { Cells } from './rows'
import { countProposed, runPage, type CountedRun, type RunPlace } from './store'
import { bulkRows, type RowRecord } from './store-rows'
import { viewOf } from './view'

const PAGE = 20
const ROWS = 25
const AT_ONCE = 2000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A page of the caller's own runs and, for supervisors, those of what they reach. Newest first. */
export async function listRuns(
  context: Context,
  caller: Caller,
  { after }: { after?: string },
): Promise<{ runs: BulkRun[]; next: string | null }> {
  const place = after === undefined ? null : placeOf(after)
  const found = await runPage(context.db, caller, has(caller, 'supervisor'), place, PAGE + 1, context.now())
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  return {
    runs: await Promise.all(page.map(async (run) => viewOf(run, caller, await titleOf(context, run), null))),
    next: found.length > PAGE && last ? `${last.createdAt.getTime()}.${last.id}` : null,
  }
}

/** How many proposals wait for the caller as second person. */
export async function bulkWaiting(context: Context, caller: Caller): Promise<{ waiting: number }> {
  if (!has(caller, 'supervisor')) return { waiting: 0 }
  return { waiting: await countProposed(context.db, caller, context.now()) }
}

/** One run: what it is about, how far it is. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED. */
export async function readRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return runAnswer(context, context.db, caller, await visibleRun(context, context.db, caller, runId))
}

/** The answer about a run that the caller may see. */
export async function runAnswer(context: Context, db: Statements, caller: Caller, run: CountedRun): Promise<BulkRun> {
  const waits = run.proposal !== null && run.startedAt === null && run.state !== 'cancelled'
  const refusal = waits ? await notSecondPerson(context, db, caller, askedBy(run)) : null
  return viewOf(run, caller, await titleOf(context, run), refusal?.message ?? null)
}

/** Who proposed, as the rules of the second person ask. */
export function askedBy({ byId, byKind, byName, facilityCode }: CountedRun) {
  return { requestedById: byId, requestedByKind: byKind, requestedByName: byName, facilityCode: facilityCode! }
}

/** A page of its rows. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED. */
export async function readRows(
  context: Context,
  caller: Caller,
  runId: string,
  { state, after }: { state?: BulkRowState; after?: number },
): Promise<{ rows: BulkRow[]; next: string | null }> {
  const run = await visibleRun(context, context.db, caller, runId)
  const type = await publishedType(context, run.type)
  const found = await bulkRows(context.db, run.id, { state: state ?? null, after: after ?? 0, limit: ROWS + 1 })
  const page = found.slice(0, ROWS)
  return {
    rows: page.map((row) => rowView(context, caller, type, row)),
    next: found.length > ROWS ? String(page.at(-1)!.row) : null,
  }
}

/**
 * All rows as the parts of a CSV: the cells as they were, and what became of each. Refusals, before the first part: NOT_FOUND,
 * NOT_YOUR_FACILITY, NOT_ALLOWED.
 */
export async function rowsAsCsv(context: Context, caller: Caller, runId: string): Promise<AsyncGenerator<string>> {
  const run = await visibleRun(context, context.db, caller, runId)
  return csvParts(context, caller, run, await publishedType(context, run.type))
}

async function* csvParts(
  context: Context,
  caller: Caller,
  run: CountedRun,
  type: CertificateType,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['row', ...run.columns, ...RESULT_HEADS])}`
  for (let after = 0; ;) {
    const rows: RowRecord[] = await bulkRows(context.db, run.id, { state: null, after, limit: AT_ONCE })
    yield rows.map((row) => csvLine(resultCells(rowView(context, caller, type, row), run.columns))).join('')
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.row
  }
}

const RESULT_HEADS = ['result', 'newCertificateId', 'requestId', 'problemColumn', 'problemCode', 'problem']

function resultCells(row: BulkRow, columns: string[]): string[] {
  const { state, issue, problems } = row
  const result = state === 'done' && issue === 'failed' ? 'failed' : state
  const all = (of: (one: BulkRow['problems'][number]) => string) => problems.map(of).join('; ')
  return [
    String(row.row),
    ...columns.map((head) => hiddenShown(row.cells[head] ?? '')),
    ...[result, row.newCertificateId ?? '', row.requestId ?? ''],
    ...[all(({ column }) => column), all(({ code }) => code), all(({ message }) => message)],
  ]
}

function rowView(context: Context, caller: Caller, type: CertificateType, row: RowRecord): BulkRow {
  const { failure, problems, issue, code, reasons } = row
  const failed =
    issue === 'failed' ? [{ column: '', code: 'NOT_ISSUED', message: failure ?? 'It could not be issued.' }] : []
  return {
    row: row.row,
    state: row.state,
    cells: shownCells(context, caller, type, row),
    certificateId: row.certificateId,
    preEnrollmentCode: code,
    changes: row.changes ?? [],
    approval: reasons,
    problems: [...problems, ...failed],
    newCertificateId: row.newCertificateId,
    issue,
    requestId: row.requestId,
  }
}

/** People see hidden fields hidden here as everywhere, also what they wrote themselves. */
export function shownCells(
  context: Context,
  caller: Caller,
  type: CertificateType,
  { cells, code, row }: Pick<RowRecord, 'cells' | 'code' | 'row'>,
): Cells {
  const whose = { type: type.name, preEnrollmentCode: code ?? `row ${row}`, sandbox: caller.sandbox }
  const mask = maskFor(context, caller, whose)
  if (!mask) return cells
  const paths = new Map(columnsOf(type).map(({ head, field }) => [head, field.path]))
  return Object.fromEntries(
    Object.entries(cells).map(([head, cell]) => [head, mask.value(paths.get(head) ?? '', cell)]),
  )
}

async function titleOf(context: Context, { type }: CountedRun): Promise<string> {
  return (await publishedType(context, type)).title
}

function placeOf(cursor: string): RunPlace {
  const [at, id] = cursor.split('.')
  if (!/^\d{1,15}$/.test(at ?? '') || !UUID.test(id ?? '')) {
    throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
  }
  return { at: new Date(Number(at)), id: id! }
}
