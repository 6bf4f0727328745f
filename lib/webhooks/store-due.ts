/** The SQL of delivering: take what is due under a lease, write what came of it, forget what is old. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { TEST_EVENT } from './events'

/** A message that is to be sent now, and all that its sending needs. */
export interface Due {
  n: bigint
  id: string
  type: string
  data: Record<string, unknown>
  at: Date
  attempts: number
  webhookId: string
  clientId: string
  url: string
  secret: Uint8Array
  previousSecret: Uint8Array | null
  previousSecretUntil: Date | null
  callbackToken: Uint8Array | null
}

export interface Lease {
  token: string
  at: Date
  until: Date
  /** At most so many. */
  limit: number
  /** At most so many at once to one receiver; of one whose last message did not arrive, one. */
  ofEach: number
}

/**
 * Leases what is due, fewest of those receivers that have most on the way: a slow one cannot hold up the others. A lease that ran out is taken over, so a
 * message is sent at least once.
 */
export function claimDue(db: Statements, { token, at, until, limit, ofEach }: Lease): Promise<Due[]> {
  return db.$queryRaw<Due[]>`
    with busy as (
      select webhook_id, count(*)::int as messages from webhook_delivery
      where state = 'waiting' and lease_until > ${at} group by webhook_id),
    ready as (
      select d.n
      from webhook w
      join api_client a on a.id = w.client_id and not a.disabled
      left join busy b on b.webhook_id = w.id
      cross join lateral (
        select d.n, d.next_attempt_at from webhook_delivery d
        where d.webhook_id = w.id and d.state = 'waiting' and d.next_attempt_at <= ${at}
          and (d.lease_until is null or d.lease_until <= ${at})
          and (w.stopped_at is null or d.type = ${TEST_EVENT})
        order by d.next_attempt_at, d.n
        limit greatest(0, case when w.failing_since is null then ${ofEach}::int else 1 end - coalesce(b.messages, 0))
        for update skip locked) d
      where not w.disabled
      order by coalesce(b.messages, 0), d.next_attempt_at, d.n
      limit ${limit})
    update webhook_delivery d
    set lease_token = ${token}::uuid, lease_until = ${until}, attempts = d.attempts + 1
    from ready, webhook w
    where d.n = ready.n and w.id = d.webhook_id
    returning d.n, d.id, d.type, d.data, d.at, d.attempts, w.id as "webhookId", w.client_id as "clientId", w.url, w.secret,
              w.previous_secret as "previousSecret", w.previous_secret_until as "previousSecretUntil",
              w.callback_token as "callbackToken"`
}

/** What came of an attempt. */
export interface Outcome {
  n: bigint
  webhookId: string
  token: string
  at: Date
  status: number | null
  ms: number
  problem: string | null
  /** When it is tried again; null = it is not. */
  again: Date | null
}

/** Writes an outcome, unless the lease went to somebody else meanwhile. Returns since when nothing arrives; null = something does. */
export async function writeOutcome(db: Statements, outcome: Outcome): Promise<Date | null> {
  const { n, webhookId, token, at, status, ms, problem, again } = outcome
  const state = problem === null ? 'delivered' : again ? 'waiting' : 'failed'
  const written = await db.$executeRaw`
    update webhook_delivery
    set state = ${state}, attempted_at = ${at}, answer_status = ${status}, ms = ${ms}, problem = ${problem},
        next_attempt_at = coalesce(${again}::timestamptz, next_attempt_at), lease_token = null, lease_until = null
    where n = ${n} and lease_token = ${token}::uuid`
  if (written === 0) return null
  const since = problem === null ? Prisma.sql`null` : Prisma.sql`coalesce(failing_since, ${at})`
  // Only a change is written: many arrive at once.
  await db.$executeRaw`
    update webhook set failing_since = ${since}
    where id = ${webhookId}::uuid and (failing_since is null) <> ${problem === null}`
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    select failing_since as since from webhook where id = ${webhookId}::uuid`
  return row?.since ?? null
}

/** Hands back what was leased and not tried to the end: it is due at once. */
export async function giveBack(db: Statements, n: bigint, token: string): Promise<void> {
  await db.$executeRaw`
    update webhook_delivery set attempts = attempts - 1, lease_token = null, lease_until = null
    where n = ${n} and lease_token = ${token}::uuid`
}

/** Sends nothing there any more. Returns whether that is new. */
export async function stopWebhook(db: Statements, webhookId: string, at: Date): Promise<boolean> {
  const stopped = await db.$executeRaw`
    update webhook set stopped_at = ${at} where id = ${webhookId}::uuid and stopped_at is null`
  return stopped > 0
}

/** Forgets what arrived before one instant, and everything before another. */
export async function forgetDeliveries(db: Statements, arrivedBefore: Date, allBefore: Date): Promise<void> {
  await db.$executeRaw`
    delete from webhook_delivery where (state = 'delivered' and at < ${arrivedBefore}) or at < ${allBefore}`
}
