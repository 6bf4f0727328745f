/** Requests for a second person: made, read, decided. */
import { approveRequest, askAbout, rejectRequest } from '@/lib/approvals/decide'
import { answerQuestion, askBeyondLimit, withdrawRequest } from '@/lib/approvals/own'
import { listRequests, readRequest, requestsWaiting } from '@/lib/approvals/read'
import { dropDrafts } from '@/lib/desk/draft'
import type { contract } from '../contract'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** POST /v3/approvals. What was sent is no draft any more. */
export async function askBeyond({ context, caller, body, headers }: Of<'askBeyondLimit'>) {
  const answer = await askBeyondLimit(context, caller, { ...body, item: body.item ?? null }, headers['idempotency-key'])
  await dropDrafts(context, caller, [body.certificateId])
  return answer
}

/** /v3/approvals */
export const approvals = {
  list: ({ context, caller, query }: Of<'approvals'>) => listRequests(context, caller, query),
  waiting: ({ context, caller }: Of<'approvalsWaiting'>) => requestsWaiting(context, caller),
  one: ({ context, caller, params }: Of<'approval'>) => readRequest(context, caller, params.requestId),
  approve: ({ context, caller, params, body }: Of<'approveRequest'>) =>
    approveRequest(context, caller, params.requestId, body),
  ask: ({ context, caller, params, body }: Of<'askRequester'>) => askAbout(context, caller, params.requestId, body),
  reject: ({ context, caller, params, body }: Of<'rejectRequest'>) =>
    rejectRequest(context, caller, params.requestId, body),
  answer: ({ context, caller, params, body }: Of<'answerQuestion'>) =>
    answerQuestion(context, caller, params.requestId, body),
  withdraw: ({ context, caller, params }: Of<'withdrawRequest'>) => withdrawRequest(context, caller, params.requestId),
}
