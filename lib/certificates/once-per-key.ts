/** Idempotency-Key: what was done under a key is not done again; a retry gets the first answer. */
import { createHash } from 'node:crypto'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { Caller } from './caller'
import { claimKeys, keepAnswers, type Claimed, type IdempotencyScope } from './store-idempotency'

/** The key of a request and where it was sent to; without a key the work is always done. */
export interface Keyed {
  method: string
  path: string
  idempotencyKey?: string
}

/** A key with what was asked under it. */
export interface Claim extends IdempotencyScope {
  bodyHash: string
}

/**
 * Does the work unless a request with the same key did it: then its answer is given again. `asked` is everything that
 * makes the request what it is. Refusal IDEMPOTENCY_KEY_REUSED: the key belongs to another request.
 */
export async function oncePerKey<T>(
  db: Statements,
  caller: Caller,
  asked: unknown,
  keyed: Keyed,
  work: () => Promise<T>,
): Promise<T> {
  const claim = claimOf(caller, asked, keyed)
  if (!claim) return work()
  const [earlier] = await claimKeys(db, [claim])
  if (earlier) return earlierAnswer(earlier, claim)
  const answer = await work()
  await keepAnswers(db, [{ ...claim, answer }])
  return answer
}

/** What a request claims; null without a key. */
export function claimOf(caller: Caller, asked: unknown, { idempotencyKey: key, method, path }: Keyed): Claim | null {
  if (key === undefined) return null
  const bodyHash = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
  // A client that stops being one of the sandbox must not be given that one's answers.
  return { callerId: caller.id, method, path: caller.sandbox ? `sandbox ${path}` : path, key, bodyHash }
}

/** What makes a request of accepting what it is. */
export function askedOf(body: unknown, ifMatch: readonly string[] | undefined): unknown {
  return [body, ifMatch?.join() ?? null]
}

/** The answer that the first request with a key got. Refusal IDEMPOTENCY_KEY_REUSED: it was another request. */
export function earlierAnswer<T>(earlier: Claimed, { bodyHash }: Claim): T {
  if (earlier.bodyHash === bodyHash) return earlier.answer as T
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another body.')
}
