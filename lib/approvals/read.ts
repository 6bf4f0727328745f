/** Reading requests for a second person: the lists, one with all that was said, how many wait. */
import { typeInForce } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { changesBetween } from '@/lib/certificates/diff'
import { maskFor } from '@/lib/certificates/masks'
import { mayRead, reaches } from '@/lib/certificates/reach'
import { limitOf } from '@/lib/certificates/read'
import { withCorrectedDose } from '@/lib/certificates/corrected-dose'
import { lineageOfAccepted } from '@/lib/certificates/store-read'
import { lineageView } from '@/lib/certificates/views'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { notSecondPerson, visibleRequest } from './access'
import type { ApprovalAnswer, ApprovalsAnswer, RequestList } from './answers'
import { countWaiting, messagesOf, requestPage, type Place, type RequestRow } from './store'
import { viewOf } from './view'

const PAGE = 30

/** One page of a list. Refusals: NOT_ALLOWED (a supervisor's list), VALIDATION_ERROR (after). */
export async function listRequests(
  context: Context,
  caller: Caller,
  { list, after }: { list: RequestList; after?: string },
): Promise<ApprovalsAnswer> {
  if (list !== 'mine' && !has(caller, 'supervisor')) {
    throw new Refusal('NOT_ALLOWED', 'Only a supervisor has this list.')
  }
  const rows = await requestPage(context.db, caller, list, after === undefined ? null : placeOf(after), PAGE + 1)
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    requests: page.map((row) => viewOf(context, row, caller)),
    next: rows.length > PAGE ? cursorOf(list === 'to_decide' ? last!.requestedAt : last!.changedAt, last!.id) : null,
  }
}

/** One request with its changes, its messages and the record's history. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED. */
export async function readRequest(context: Context, caller: Caller, id: string): Promise<ApprovalAnswer> {
  return answerOf(context, context.db, caller, await visibleRequest(context.db, caller, id))
}

/** A request as it is answered after whatever became of it. */
export async function answerOf(
  context: Context,
  db: Statements,
  caller: Caller,
  row: RequestRow,
): Promise<ApprovalAnswer> {
  // Who asked may have lost the record since: by a move to another facility, or because an opening ended.
  const readable = await mayRead({ db, now: context.now }, caller, { ...row, id: row.lineageId })
  const mask = maskFor(context, caller, { type: row.type, preEnrollmentCode: row.preEnrollmentCode, sandbox: false })
  const type = typeInForce(context, row.type)
  const after = withCorrectedDose(row.item, type)!.record
  const changes = readable ? changesBetween(row.base, after, type) : []
  const [messages, lineage] = await Promise.all([
    messagesOf(db, row.id),
    lineageOfAccepted(db, row.certificateId, context.now()),
  ])
  const record = lineageView(lineage!, type, limitOf(context, row.type))
  const view = viewOf(context, row, caller)
  const history = reaches(caller, row) ? record.history : []
  return {
    ...view,
    readable,
    changes: mask ? mask.changes(changes) : changes,
    reason: row.reason === null || !readable ? null : { ...row.reason },
    messages: messages.map(({ kind, byId, byName, text, at }) => ({
      kind,
      by: { name: byName, you: byId === caller.id },
      text,
      at: at.toISOString(),
    })),
    cannotDecide: view.may.decide ? ((await notSecondPerson(context, db, caller, row))?.message ?? null) : null,
    mayReveal: mask !== null && readable,
    record: readable ? { ...(mask ? mask.record(row.item) : row.item) } : {},
    history: history.map((one) => (mask ? { ...one, changes: mask.changes(one.changes) } : one)),
    updates: { used: record.updatesUsed, limit: record.updatesLimit, extra: record.updatesExtra },
  }
}

/** How many requests wait for the caller. */
export function requestsWaiting(context: Context, caller: Caller): Promise<{ toDecide: number; toAnswer: number }> {
  return countWaiting(context.db, caller, has(caller, 'supervisor'))
}

function cursorOf(at: Date, id: string): string {
  return `${at.getTime()}.${id}`
}

function placeOf(cursor: string): Place {
  const [, at, id] = /^(\d{1,14})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (at === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id!)) {
    throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
  }
  return { at: new Date(Number(at)), id: id! }
}
