/** What who asked does with the own request: make one beyond the limit, answer a question, withdraw it. */
import { acceptUpdates } from '@/lib/certificates/accept'
import type { AcceptAnswer } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { readableCredential } from '@/lib/certificates/read'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { isMine } from './access'
import type { ApprovalAnswer } from './answers'
import { changing } from './changing'
import { after } from './rules'
import { messagesOf, writeEnd, writeMessage, writeState, type RequestRow } from './store'

/**
 * Asks a supervisor for a correction for which no update is left. Where one is left after all it is treated as any other
 * correction. Refusals: NOT_FOUND, and those of an update, but
 * UPDATE_LIMIT_REACHED.
 */
export async function askBeyondLimit(
  context: Context,
  caller: Caller,
  { certificateId, item, note }: { certificateId: string; item: unknown; note: string },
  idempotencyKey: string | undefined,
): Promise<AcceptAnswer> {
  const { type } = await readableCredential(context, caller, certificateId)
  return acceptUpdates(context, caller, [item], {
    type,
    door: 'v3',
    method: 'POST',
    path: '/v3/approvals',
    ifMatch: [certificateId],
    idempotencyKey,
    beyondLimit: true,
    note,
  })
}

/** Answers the supervisor's question: the request is back in review. The same answer again is the same. Refusals: NOT_FOUND, NOT_ALLOWED, APPROVAL_STATE. */
export function answerQuestion(
  context: Context,
  caller: Caller,
  id: string,
  { answer }: { answer: string },
): Promise<ApprovalAnswer> {
  return changing(context, caller, id, async (db, request) => {
    requireMine(request, caller)
    const last = (await messagesOf(db, request.id)).at(-1)
    if (request.state === 'in-review' && last?.kind === 'answer' && last.text === answer) return
    if (request.conflict !== null) {
      throw new Refusal(
        'APPROVAL_STATE',
        'This cannot be accepted as it is. Withdraw this request and correct it anew.',
      )
    }
    after(request, 'answer')
    await writeState(db, request.id, 'in-review', context.now())
    await writeMessage(db, request.id, { kind: 'answer', text: answer, by: caller }, context.now())
    await writeLine(context, db, caller, request, 'approval.answered')
  })
}

/** Takes the own request back. Once more changes nothing. Refusals: NOT_FOUND, NOT_ALLOWED, APPROVAL_STATE. */
export function withdrawRequest(context: Context, caller: Caller, id: string): Promise<ApprovalAnswer> {
  return changing(context, caller, id, async (db, request) => {
    requireMine(request, caller)
    if (request.state === 'requester-cancelled') return
    after(request, 'withdraw')
    await writeEnd(db, request.id, { state: 'requester-cancelled' }, caller, context.now())
    await writeLine(context, db, caller, request, 'approval.withdrawn')
  })
}

function requireMine(request: RequestRow, caller: Caller): void {
  if (isMine(request, caller)) return
  throw new Refusal('NOT_ALLOWED', 'Only who asked for it can do this.')
}

function writeLine(
  context: Context,
  db: Statements,
  caller: Caller,
  { id: requestId, lineageId, certificateId }: RequestRow,
  action: string,
): Promise<void> {
  return writeAudit(db, caller, context.now(), { action, lineageId, certificateId, detail: { requestId } })
}
