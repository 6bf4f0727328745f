/** The SQL of webhooks for administrators: which there are, and the log of their messages. */
import type { Statements } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Writing } from '@/lib/people/store-writing'
import { TEST_EVENT } from './events'

export interface WebhookRow {
  id: string
  clientId: string
  clientName: string
  url: string
  events: string[]
  asDivoc: boolean
  disabled: boolean
  stoppedAt: Date | null
  failingSince: Date | null
  previousSecretUntil: Date | null
  waiting: number
  failed: number
}

/** Those of a client, the oldest first. */
export function webhooksOf(db: Statements, clientId: string): Promise<WebhookRow[]> {
  return rows(db, Prisma.sql`w.client_id = ${clientId}::uuid`)
}

/** One; null when there is none. */
export async function webhookById(db: Statements, id: string): Promise<WebhookRow | null> {
  return (await rows(db, Prisma.sql`w.id = ${id}::uuid`))[0] ?? null
}

/** Those that nothing is sent to any more because nothing arrived. */
export function stoppedWebhooks(db: Statements): Promise<WebhookRow[]> {
  return rows(db, Prisma.sql`w.stopped_at is not null and not w.disabled`)
}

function rows(db: Statements, which: Prisma.Sql): Promise<WebhookRow[]> {
  return db.$queryRaw`
    select w.id, w.client_id as "clientId", c.name as "clientName", w.url, w.events,
           w.callback_token is not null as "asDivoc", w.disabled, w.stopped_at as "stoppedAt",
           w.failing_since as "failingSince", w.previous_secret_until as "previousSecretUntil",
           (select count(*)::int from webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting') as waiting,
           (select count(*)::int from webhook_delivery d where d.webhook_id = w.id and d.state = 'failed') as failed
    from webhook w join api_client c on c.id = w.client_id
    where ${which} order by w.created_at, w.id`
}

type Sealed = Uint8Array<ArrayBuffer>

export async function insertWebhook(
  db: Writing,
  row: {
    id: string
    clientId: string
    url: string
    events: string[]
    secret: Sealed
    callbackToken: Sealed | null
    createdAt: Date
  },
): Promise<void> {
  await db.webhook.create({ data: row })
}

/** Changes what is given. */
export async function updateWebhook(
  db: Writing,
  id: string,
  facts: {
    url?: string
    events?: string[]
    callbackToken?: Sealed | null
    disabled?: boolean
    stoppedAt?: null
    failingSince?: null
  },
): Promise<void> {
  await db.webhook.update({ where: { id }, data: facts })
}

/** Puts a secret in the place of the present one, which still signs until then; null = it does not. */
export async function replaceSecret(db: Statements, id: string, secret: Sealed, until: Date | null): Promise<void> {
  await db.$executeRaw`
    update webhook set previous_secret = case when ${until}::timestamptz is null then null else secret end,
      previous_secret_until = ${until}, secret = ${secret}
    where id = ${id}::uuid`
}

/** Removes it with its messages. */
export async function deleteWebhook(db: Writing, id: string): Promise<void> {
  await db.webhook.delete({ where: { id } })
}

/** A message about nothing. */
export async function insertTest(db: Statements, deliveryId: string, webhookId: string, at: Date): Promise<void> {
  await db.$executeRaw`
    insert into webhook_delivery (id, webhook_id, type, data, at, next_attempt_at)
    values (${deliveryId}::uuid, ${webhookId}::uuid, ${TEST_EVENT}, '{}', ${at}, least(${at}::timestamptz, now()))`
}

export interface DeliveryRow {
  n: bigint
  id: string
  type: string
  certificateId: string | null
  at: Date
  state: 'waiting' | 'delivered' | 'failed'
  attempts: number
  attemptedAt: Date | null
  nextAttemptAt: Date
  answerStatus: number | null
  ms: number | null
  problem: string | null
}

/** So many messages, the newest first, after a number of the page before. */
export function deliveryPage(
  db: Statements,
  webhookId: string,
  { state, after, limit }: { state: string | null; after: string | null; limit: number },
): Promise<DeliveryRow[]> {
  return db.$queryRaw`
    select n, id, type, data ->> 'certificateId' as "certificateId", at, state, attempts, attempted_at as "attemptedAt",
           next_attempt_at as "nextAttemptAt", answer_status as "answerStatus", ms, problem
    from webhook_delivery
    where webhook_id = ${webhookId}::uuid and (${state}::text is null or state = ${state})
      and (${after}::bigint is null or n < ${after}::bigint)
    order by n desc limit ${limit}`
}

/** One message that came to an end, or all that failed, once more from the start. Returns how many. */
export function replay(db: Statements, webhookId: string, deliveryId: string | null, at: Date): Promise<number> {
  const which = deliveryId
    ? Prisma.sql`id = ${deliveryId}::uuid and state <> 'waiting'`
    : Prisma.sql`state = 'failed' and type <> ${TEST_EVENT}`
  return db.$executeRaw`
    update webhook_delivery
    set state = 'waiting', attempts = 0, next_attempt_at = least(${at}::timestamptz, now()), lease_token = null, lease_until = null, problem = null
    where webhook_id = ${webhookId}::uuid and ${which}`
}
