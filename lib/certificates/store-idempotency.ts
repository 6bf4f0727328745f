/** The SQL of Idempotency-Key: the first request writes the row, a concurrent twin waits for it, a later one reads the answer. */
import type { Statements } from '@/lib/db'

/** The "method" of what came as a message. A broker may deliver one again for as long as it keeps it (a week unless told otherwise). */
export const MESSAGE = 'MESSAGE'

const HOUR = 60 * 60 * 1000
const KEPT = 24 * HOUR
const KEPT_FOR_MESSAGES = 30 * 24 * HOUR

export interface IdempotencyScope {
  callerId: string
  method: string
  path: string
  key: string
}

/**
 * Claims the key. Null = ours now; otherwise what the first request left. Keys older than 24 hours (of messages: 30 days) are
 * free again, by the database's clock: a web server whose clock is wrong must not do again what was done.
 */
export async function claimKey(
  db: Statements,
  scope: IdempotencyScope,
  bodyHash: string,
): Promise<{ bodyHash: string; answer: unknown } | null> {
  const keptHours = (scope.method === MESSAGE ? KEPT_FOR_MESSAGES : KEPT) / HOUR
  await db.$executeRaw`
    delete from idempotency_key where caller_id = ${scope.callerId} and method = ${scope.method}
      and path = ${scope.path} and key = ${scope.key} and created_at < now() - make_interval(hours => ${keptHours}::int)`
  const written = await db.$executeRaw`
    insert into idempotency_key (caller_id, method, path, key, body_hash)
    values (${scope.callerId}, ${scope.method}, ${scope.path}, ${scope.key}, ${bodyHash})
    on conflict do nothing`
  if (written === 1) return null
  const rows = await db.$queryRaw<{ bodyHash: string; answer: unknown }[]>`
    select body_hash as "bodyHash", answer from idempotency_key
    where caller_id = ${scope.callerId} and method = ${scope.method} and path = ${scope.path} and key = ${scope.key}`
  return rows[0] ?? null
}

/** Keeps the answer beside the key, in the transaction that did the work. */
export async function keepAnswer(db: Statements, scope: IdempotencyScope, answer: unknown): Promise<void> {
  await db.$executeRaw`
    update idempotency_key set answer = ${JSON.stringify(answer)}::json
    where caller_id = ${scope.callerId} and method = ${scope.method} and path = ${scope.path} and key = ${scope.key}`
}

/** Removes what no retry can ask for any more. */
export async function forgetExpiredKeys(db: Statements, at: Date): Promise<void> {
  await db.$executeRaw`
    delete from idempotency_key
    where created_at < ${new Date(at.getTime() - KEPT)}
      and (method <> ${MESSAGE} or created_at < ${new Date(at.getTime() - KEPT_FOR_MESSAGES)})`
}
