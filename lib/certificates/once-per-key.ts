/** Idempotency-Key: what was done under a key is not done again; a retry gets the first answer. */
import { createHash } from 'node:crypto'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import type { Caller } from './caller'
import { claimKey, keepAnswer } from './store-idempotency'

/** The key of a request and where it was sent to; without a key the work is always done. */
export interface Keyed {
  method: string
  path: string
  idempotencyKey?: string
}

/**
 * Does the work unless a request with the same key did it: then its answer is given again. `asked` is everything that
 * makes the request what it is. Refusal IDEMPOTENCY_KEY_REUSED: the key belongs to another request.
 */
export async function oncePerKey<T>(
  db: Statements,
  caller: Caller,
  asked: unknown,
  { idempotencyKey: key, method, path }: Keyed,
  work: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return work()
  // A client that stops being one of the sandbox must not be given that one's answers.
  const scope = { callerId: caller.id, method, path: caller.sandbox ? `sandbox ${path}` : path, key }
  const bodyHash = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
  const earlier = await claimKey(db, scope, bodyHash)
  if (!earlier) {
    const answer = await work()
    await keepAnswer(db, scope, answer)
    return answer
  }
  if (earlier.bodyHash === bodyHash) return earlier.answer as T
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another body.')
}
