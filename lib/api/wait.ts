/** Prefer: wait. The answer is held back until what was accepted is issued or failed. */
import type { AcceptAnswer } from '@/lib/certificates/answers'
import type { Caller } from '@/lib/certificates/caller'
import { liveContext, type Context } from '@/lib/certificates/context'
import { endWaiting, waitUntilEnded, type Outcome } from '@/lib/certificates/wait'
import { atEnd } from './ending'
import { preferredWait } from './prefer'
import { json, type Reply } from './reply'

export interface WaitingInput {
  context: Context
  caller: Caller
  request: Request
}

/** Says that the preference was heeded (RFC 7240, 3). */
export const APPLIED = { 'preference-applied': 'wait' }

/** The answer as it is, or, when the caller prefers to wait, with what became of each item. */
export async function afterWaiting(input: WaitingInput, answer: AcceptAnswer): Promise<AcceptAnswer | Reply> {
  const outcomes = await outcomesOf(
    input,
    answer.results.flatMap(({ transactionId }) => transactionId ?? []),
  )
  if (!outcomes) return answer
  const results = answer.results.map((result) => {
    const outcome = result.transactionId === null ? undefined : outcomes.get(result.transactionId)
    if (!outcome) return result
    return { ...result, state: outcome.state, ...(outcome.failure ? { failure: outcome.failure } : {}) }
  })
  return json({ ...answer, results }, 200, APPLIED)
}

/** What became of these transactions; null when the caller does not want to wait, or when too many wait already. */
export async function outcomesOf(
  { context, caller, request }: WaitingInput,
  transactionIds: string[],
): Promise<Map<string, Outcome> | null> {
  const seconds = preferredWait(request.headers.get('prefer'))
  if (seconds === null) return null
  atEnd(sendAway)
  return waitUntilEnded(context.db, transactionIds, { callerId: caller.id, seconds, signal: request.signal })
}

function sendAway(): void {
  endWaiting(liveContext().db)
}
