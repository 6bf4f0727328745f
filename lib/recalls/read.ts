/** Reading recalls: the list, one with its progress, its rows, and all of them as a file. */
import { csvLine } from '@/lib/audit/csv'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { initialsOf } from '@/lib/desk/initials'
import { Refusal } from '@/lib/errors'
import type { RecallAnswer, RecallRow, RecallView, RowState } from './answers'
import { notSecondPerson } from './decide'
import { countWaiting, differencesNow, liftOf, rankOf, recallPage, type Place, type RecallRecord } from './store'
import { recallRows, type RowRecord } from './store-rows'
import { unhurried } from './store-unhurried'
import { countsOf, keptTarget, ownRecall } from './target'
import { viewOf } from './view'

const PAGE = 20
const ROWS = 50
const AT_ONCE = 5000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A page of recalls of what the caller acts for: those that are not over first, then the newest. */
export async function listRecalls(
  context: Context,
  caller: Caller,
  { after }: { after?: string },
): Promise<{ recalls: RecallView[]; next: string | null }> {
  const place = after === undefined ? null : placeOf(after)
  const rows = await recallPage(context.db, caller, place, PAGE + 1, context.now())
  const page = rows.slice(0, PAGE)
  return {
    recalls: page.map((row) => viewOf(row, caller)),
    next: rows.length > PAGE ? cursorOf(page.at(-1)!) : null,
  }
}

/** How many recalls wait for the caller as second person. */
export async function recallsWaiting(context: Context, caller: Caller): Promise<{ waiting: number }> {
  // Who may not confirm has nothing waiting.
  if (!has(caller, 'supervisor')) return { waiting: 0 }
  return { waiting: await countWaiting(context.db, caller, context.now()) }
}

/** One recall: what was seen, what is different now, how far it is. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function readRecall(context: Context, caller: Caller, recallId: string): Promise<RecallAnswer> {
  const recall = await ownRecall(context, context.db, caller, recallId)
  const waits = recall.state === 'proposed'
  const target = keptTarget(context, recall)
  // While it runs the page asks every second: what came since is looked for before and after.
  const compares = waits || recall.state === 'done' || recall.state === 'stopped'
  const [{ now, since }, refusal, liftedBy] = await Promise.all([
    compares
      ? unhurried(context.db, async (db) => ({
          now: waits ? await countsOf(db, target) : null,
          since: await differencesNow(db, recall.id, target),
        }))
      : { now: null, since: { added: 0, gone: 0 } },
    waits ? notSecondPerson(context, context.db, caller, recall) : null,
    liftOf(context.db, recall.id, context.now()),
  ])
  const view = viewOf(recall, caller)
  return {
    ...view,
    may: { ...view.may, confirm: view.may.confirm && refusal === null, lift: view.may.lift && liftedBy === null },
    proposed: recall.snapshot,
    now,
    since,
    cannotConfirm: refusal?.message ?? null,
    liftedBy,
  }
}

/** A page of its rows, by certificate number. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function readRows(
  context: Context,
  caller: Caller,
  recallId: string,
  { state, after }: { state?: RowState; after?: string },
): Promise<{ rows: RecallRow[]; next: string | null }> {
  const { id } = await ownRecall(context, context.db, caller, recallId)
  const asked = { state: state ?? null, after: after ?? null, limit: ROWS + 1 }
  const rows = await recallRows(context.db, id, asked)
  const page = rows.slice(0, ROWS)
  return { rows: page.map(rowView), next: rows.length > ROWS ? page.at(-1)!.certificateId : null }
}

/** All rows as CSV (RFC 4180, UTF-8 with the mark that spreadsheets look for). Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function rowsAsCsv(context: Context, caller: Caller, recallId: string): Promise<string> {
  const { id } = await ownRecall(context, context.db, caller, recallId)
  const lines = [csvLine(HEAD)]
  for (let after: string | null = null; ;) {
    const rows: RowRecord[] = await recallRows(context.db, id, { state: null, after, limit: AT_ONCE })
    lines.push(...rows.map((row) => csvLine(cellsOf(row))))
    if (rows.length < AT_ONCE) return `\uFEFF${lines.join('')}`
    after = rows.at(-1)!.certificateId
  }
}

const HEAD = ['certificateId', 'preEnrollmentCode', 'dose', 'facility', 'state', 'replacedBy', 'code', 'message', 'at']

function cellsOf(row: RowRecord): string[] {
  const { certificateId, code, dose, facilityCode, state, followedId, refusal, message, at } = row
  const texts = [state, followedId ?? '', refusal ?? '', message ?? '', at?.toISOString() ?? '']
  return [certificateId, code, String(dose), facilityCode, ...texts]
}

function rowView(row: RowRecord): RecallRow {
  const { certificateId, code, dose, holderName, facilityCode, facilityName, state, followedId, refusal, message } = row
  return {
    certificateId,
    preEnrollmentCode: code,
    dose,
    initials: initialsOf(holderName),
    facility: { code: facilityCode, name: facilityName },
    state,
    followedId,
    code: refusal,
    message,
    at: row.at?.toISOString() ?? null,
  }
}

function cursorOf(row: RecallRecord): string {
  return [rankOf(row), row.requestedAt.getTime(), row.id].join('.')
}

function placeOf(cursor: string): Place {
  const [rank, at, id] = cursor.split('.')
  const isPlace = /^[01]$/.test(rank ?? '') && /^\d{1,15}$/.test(at ?? '') && UUID.test(id ?? '')
  if (!isPlace) throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
  return { rank: Number(rank), at: new Date(Number(at)), id: id! }
}
