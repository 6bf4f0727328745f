/** What the second person does with a request: approve it, ask about it, reject it. */
import { acceptUpdates } from '@/lib/certificates/accept'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal, type RefusalCode } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { isMine, notSecondPerson, visibleRequest } from './access'
import type { ApprovalAnswer } from './answers'
import { changing, lockedRequest } from './changing'
import { readRequest } from './read'
import { after } from './rules'
import { messagesOf, writeEnd, writeMessage, writeState, type RequestRow } from './store'

/**
 * What says that the correction cannot be accepted as it was asked for, whoever approves it: the record, the type or the
 * limits are not those any more that the request was made for. It goes back to who asked.
 */
const RETURNED = new Set<RefusalCode>([
  'STALE_VERSION',
  'CERTIFICATE_NOT_FOUND',
  'CERTIFICATE_REVOKED',
  'DOSE_TAKEN',
  'PROGRAM_REQUIRED',
  'VALIDATION_ERROR',
  'UNSUPPORTED_CHARACTER',
  'TOO_LARGE_FOR_QR',
  'UPDATE_LIMIT_REACHED',
])

/**
 * Accepts the correction as it was asked for, in one transaction with the decision; beyond the limit it grants the one
 * update that it takes, and `note` has to say why. Where it cannot be accepted any more nothing is: the answer shows
 * the conflict, and the request is back with who asked. The same person's same approval again finds it done. Refusals:
 * those of `visibleRequest` and of an update, APPROVAL_STATE, SECOND_PERSON_NEEDED, VALIDATION_ERROR (note).
 */
export async function approveRequest(
  context: Context,
  caller: Caller,
  id: string,
  { note }: { note: string },
): Promise<ApprovalAnswer> {
  const request = await visibleRequest(context.db, caller, id)
  if (isApprovedBy(request, caller)) return readRequest(context, caller, id)
  after(request, 'approve')
  if (request.reasons.includes('no_updates_left') && note === '') throw missing('/note', 'Say why one more is granted.')
  try {
    await accept(context, caller, request, note)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    if (thrown.code === 'APPROVAL_STATE' && isApprovedBy(await visibleRequest(context.db, caller, id), caller)) {
      return readRequest(context, caller, id)
    }
    if (!RETURNED.has(thrown.code)) throw thrown
    return giveBack(context, caller, id, thrown)
  }
  return readRequest(context, caller, id)
}

async function accept(context: Context, caller: Caller, request: RequestRow, note: string): Promise<void> {
  const { form, certificateId, channel, requestedByKind: kind, requestedById, requestedByName: name } = request
  const take = async (db: Statements, outcome: { transactionId: string; extraUpdate: boolean }) => {
    await decidable(context, db, caller, request.id, 'approve')
    await writeEnd(db, request.id, { state: 'accepted', ...outcome }, caller, context.now())
    if (note !== '') await writeMessage(db, request.id, { kind: 'decision', text: note, by: caller }, context.now())
    await writeLine(context, db, caller, request, 'approval.approved', outcome)
  }
  await acceptUpdates(context, caller, [request.item], {
    type: request.type,
    door: 'v3',
    form,
    method: 'POST',
    path: '/v3/approvals',
    ifMatch: [certificateId],
    beyondLimit: request.reasons.includes('no_updates_left'),
    approved: {
      by: { kind, id: requestedById, name, channel },
      reasons: request.reasons,
      reason: { ...request.reason, approvedBy: caller.name, requestId: request.id },
      take,
    },
  })
}

/** Asks who made the request; it waits for that one. The same question again is the same. Refusals: as for approving. */
export function askAbout(
  context: Context,
  caller: Caller,
  id: string,
  { question }: { question: string },
): Promise<ApprovalAnswer> {
  return changing(context, caller, id, async (db, request) => {
    const last = (await messagesOf(db, id)).at(-1)
    if (last?.kind === 'question' && last.byId === caller.id && last.text === question) return
    await decidable(context, db, caller, request.id, 'ask')
    await writeState(db, request.id, 'waiting-for-information', context.now())
    await writeMessage(db, request.id, { kind: 'question', text: question, by: caller }, context.now())
    await writeLine(context, db, caller, request, 'approval.asked')
  })
}

/** Rejects it with a reason, which who asked reads. Nothing of the record changes. Refusals: as for approving. */
export function rejectRequest(
  context: Context,
  caller: Caller,
  id: string,
  { reason }: { reason: string },
): Promise<ApprovalAnswer> {
  return changing(context, caller, id, async (db, request) => {
    if (request.state === 'denied' && request.decidedById === caller.id) return
    await decidable(context, db, caller, request.id, 'reject')
    await writeEnd(db, request.id, { state: 'denied' }, caller, context.now())
    await writeMessage(db, request.id, { kind: 'decision', text: reason, by: caller }, context.now())
    await writeLine(context, db, caller, request, 'approval.rejected')
  })
}

function giveBack(context: Context, caller: Caller, id: string, { code, message }: Refusal): Promise<ApprovalAnswer> {
  return changing(context, caller, id, async (db, request) => {
    await decidable(context, db, caller, request.id, 'return')
    await writeState(db, request.id, 'waiting-for-information', context.now(), code)
    await writeMessage(db, request.id, { kind: 'conflict', text: message, by: caller }, context.now())
    await writeLine(context, db, caller, request, 'approval.returned', { code })
  })
}

/** The request under its lock, for somebody who may take this step now. */
async function decidable(
  context: Context,
  db: Statements,
  caller: Caller,
  id: string,
  step: 'approve' | 'ask' | 'reject' | 'return',
): Promise<void> {
  const request = await lockedRequest(db, caller, id)
  const refusal = await notSecondPerson(context, db, caller, request)
  if (refusal) throw refusal
  after(request, step)
}

function isApprovedBy(request: RequestRow, caller: Caller): boolean {
  return request.state === 'accepted' && request.decidedById === caller.id && !isMine(request, caller)
}

function writeLine(
  context: Context,
  db: Statements,
  caller: Caller,
  { id: requestId, lineageId, certificateId, requestedById, reasons }: RequestRow,
  action: string,
  more: object = {},
): Promise<void> {
  const detail = { requestId, requestedBy: requestedById, reasons, ...more }
  return writeAudit(db, caller, context.now(), { action, lineageId, certificateId, detail })
}

function missing(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path, code: 'VALIDATION_ERROR', message }])
}
