/** The SQL of Idempotency-Key: the first request writes the row, a concurrent twin waits for it, a later one reads the answer. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

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

/** What the first request with a key left; `answer` null = nothing (a message). */
export interface Claimed {
  bodyHash: string
  answer: unknown
}

/**
 * Claims keys, all different, in the order of the keys: two claims of several cannot wait for each other. For each in the
 * order given: null = ours now; otherwise what the first request left. Keys older than 24 hours (of messages: 30 days) are
 * free again, by the database's clock: a web server whose clock is wrong must not do again what was done.
 */
export async function claimKeys(
  db: Statements,
  claims: (IdempotencyScope & { bodyHash: string })[],
): Promise<(Claimed | null)[]> {
  const claimed = await db.$queryRaw<{ n: number }[]>`
    with given as (${rowsOf(claims)}),
    written as (
      insert into idempotency_key (caller_id, method, path, key, body_hash)
      select caller_id, method, path, key, body_hash from given order by caller_id, method, path, key
      on conflict (caller_id, method, path, key) do update
        set body_hash = excluded.body_hash, answer = null, created_at = now()
        where idempotency_key.created_at < now() - make_interval(hours =>
          case when idempotency_key.method = ${MESSAGE} then ${KEPT_FOR_MESSAGES / HOUR}::int else ${KEPT / HOUR}::int end)
      returning caller_id, method, path, key)
    select given.n::int as n from written join given using (caller_id, method, path, key)`
  const ours = new Set(claimed.map(({ n }) => n))
  const others = claims.filter((_claim, n) => !ours.has(n))
  if (others.length === 0) return claims.map(() => null)
  // A statement of its own: the first one's snapshot is older than the twin that it may have waited for.
  const rows = await db.$queryRaw<(Claimed & { n: number })[]>`
    select given.n::int as n, kept.body_hash as "bodyHash", kept.answer
    from (${rowsOf(others)}) given join idempotency_key kept using (caller_id, method, path, key)`
  const found = new Map(rows.map(({ n, bodyHash, answer }) => [others[n], { bodyHash, answer }]))
  return claims.map((claim) => found.get(claim) ?? null)
}

/** Keeps the answers beside the keys, in the transaction that did the work. */
export async function keepAnswers(db: Statements, given: (IdempotencyScope & { answer: unknown })[]): Promise<void> {
  const answers = given.map(({ answer }, n) => ({ n, answer }))
  await db.$executeRaw`
    update idempotency_key kept set answer = said.answer
    from (${rowsOf(given)}) given join json_to_recordset(${JSON.stringify(answers)}::json) as said(n int, answer json) using (n)
    where kept.caller_id = given.caller_id and kept.method = given.method and kept.path = given.path and kept.key = given.key`
}

/** Gives claimed keys back, in the transaction that claimed them: nothing was done under them. */
export async function freeKeys(db: Statements, scopes: IdempotencyScope[]): Promise<void> {
  await db.$executeRaw`
    delete from idempotency_key kept using (${rowsOf(scopes)}) given
    where kept.caller_id = given.caller_id and kept.method = given.method and kept.path = given.path and kept.key = given.key`
}

/** Scopes as rows, numbered from 0 in their order. */
function rowsOf(scopes: (IdempotencyScope & { bodyHash?: string })[]): Prisma.Sql {
  const rows = scopes.map(({ callerId, method, path, key, bodyHash }, n) => ({
    ...{ n, caller_id: callerId, method, path, key, body_hash: bodyHash },
  }))
  return Prisma.sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as r(n int, caller_id text, method text, path text, key text, body_hash text)`
}

/** Removes what no retry can ask for any more. */
export async function forgetExpiredKeys(db: Statements, at: Date): Promise<void> {
  await db.$executeRaw`
    delete from idempotency_key
    where created_at < ${new Date(at.getTime() - KEPT)}
      and (method <> ${MESSAGE} or created_at < ${new Date(at.getTime() - KEPT_FOR_MESSAGES)})`
}
