/** Webhooks of source systems, for administrators: addresses, events, secrets, the log of messages and sending them again. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { oneClient } from '@/lib/people/clients'
import { writeAudit, writingPeople } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { isUuid } from '@/lib/uuid'
import { problemOf } from './addresses'
import type { DeliveryView, WebhookView } from './answers'
import { eventsIn, type WebhookEvent } from './events'
import { sealFor } from './secrets'
import { makeSecret } from './signature'
import {
  deleteWebhook,
  deliveryPage,
  insertTest,
  insertWebhook,
  replaceSecret,
  replay,
  stoppedWebhooks,
  updateWebhook,
  webhookById,
  webhooksOf,
  type DeliveryRow,
  type WebhookRow,
} from './store'

const PAGE = 50
const HOUR = 60 * 60_000
/** More would be a mistake: each gets every message. */
const MOST_OF_A_CLIENT = 10

export interface WebhookFacts {
  url: string
  events: WebhookEvent[]
  /** null = none. */
  callbackToken: string | null
}

/** All of a client. Refusal: NOT_FOUND. */
export async function listWebhooks(context: Context, clientId: string): Promise<{ webhooks: WebhookView[] }> {
  const client = await oneClient(context, clientId)
  return { webhooks: (await webhooksOf(context.db, client.clientId)).map(viewOf) }
}

/** Those that stopped by themselves. */
export async function listStopped(context: Context): Promise<{ webhooks: WebhookView[] }> {
  return { webhooks: (await stoppedWebhooks(context.db)).map(viewOf) }
}

/** One. Refusal: NOT_FOUND. */
export async function oneWebhook(context: Context, id: string): Promise<WebhookView> {
  return viewOf(await found(context.db, id))
}

/** Adds one; its secret is told this once. Refusals: NOT_FOUND, VALIDATION_ERROR (the address). */
export async function addWebhook(context: Context, caller: Caller, clientId: string, given: WebhookFacts) {
  const client = await oneClient(context, clientId)
  requireAddress(context, given.url)
  const id = context.uuid()
  const secret = makeSecret(context.random)
  const row = await writingPeople(context, async (db) => {
    if ((await webhooksOf(db, client.clientId)).length >= MOST_OF_A_CLIENT) {
      throw new Refusal('VALIDATION_ERROR', `A client has at most ${MOST_OF_A_CLIENT} webhooks.`)
    }
    await insertWebhook(db, {
      id,
      clientId: client.clientId,
      url: new URL(given.url).href,
      events: given.events,
      secret: sealFor(context, id, 'secret', secret),
      callbackToken: sealedToken(context, id, given.callbackToken),
      createdAt: context.now(),
    })
    const detail = { webhookId: id, clientId: client.clientId, host: new URL(given.url).host, events: given.events }
    await writeAudit(db, caller, context.now(), { action: 'webhook.added', detail })
    return found(db, id)
  })
  return { webhook: viewOf(row), secret }
}

/**
 * Changes what is given and leaves the rest. `disabled: false` also lets one go on that stopped by itself. Refusals:
 * NOT_FOUND, VALIDATION_ERROR.
 */
export async function changeWebhook(
  context: Context,
  caller: Caller,
  id: string,
  given: Partial<WebhookFacts & { disabled: boolean }>,
): Promise<WebhookView> {
  if (given.url !== undefined) requireAddress(context, given.url)
  const { url, events, callbackToken, disabled } = given
  const row = await writingPeople(context, async (db) => {
    const before = await found(db, id)
    await updateWebhook(db, before.id, {
      ...(url === undefined ? {} : { url: new URL(url).href }),
      ...(events === undefined ? {} : { events }),
      ...(callbackToken === undefined ? {} : { callbackToken: sealedToken(context, before.id, callbackToken) }),
      ...(disabled === undefined ? {} : { disabled }),
      ...(disabled === false ? { stoppedAt: null, failingSince: null } : {}),
    })
    const changed = Object.keys(given)
    const detail = {
      webhookId: before.id,
      clientId: before.clientId,
      changed,
      ...(disabled === undefined ? {} : { disabled }),
    }
    await writeAudit(db, caller, context.now(), { action: 'webhook.changed', detail })
    return found(db, before.id)
  })
  nudgeWorkers(context.db)
  return viewOf(row)
}

/** Removes it with its log. Refusal: NOT_FOUND. */
export async function removeWebhook(context: Context, caller: Caller, id: string) {
  // What is issued meanwhile does not wait for its log to go.
  await writingPeople(context, async (db) => updateWebhook(db, (await found(db, id)).id, { disabled: true }))
  await writingPeople(context, async (db) => {
    const before = await found(db, id)
    await deleteWebhook(db, before.id)
    const detail = { webhookId: before.id, clientId: before.clientId, host: new URL(before.url).host }
    await writeAudit(db, caller, context.now(), { action: 'webhook.removed', detail })
  })
  return { removed: true as const }
}

/** A new secret, told this once; with the old one messages are signed, too, for so many hours. Refusal: NOT_FOUND. */
export async function newSecret(
  context: Context,
  caller: Caller,
  id: string,
  { overlapHours }: { overlapHours: number },
) {
  const secret = makeSecret(context.random)
  const until = overlapHours === 0 ? null : new Date(context.now().getTime() + overlapHours * HOUR)
  const row = await writingPeople(context, async (db) => {
    const before = await found(db, id)
    await replaceSecret(db, before.id, sealFor(context, before.id, 'secret', secret), until)
    const detail = { webhookId: before.id, clientId: before.clientId, overlapHours }
    await writeAudit(db, caller, context.now(), { action: 'webhook.secret_replaced', detail })
    return found(db, before.id)
  })
  return { webhook: viewOf(row), secret }
}

/** Sends a message about nothing, once. Refusals: NOT_FOUND, VALIDATION_ERROR (it is switched off). */
export async function sendTest(context: Context, id: string) {
  const { id: webhookId, disabled } = await found(context.db, id)
  if (disabled) throw new Refusal('VALIDATION_ERROR', 'This webhook is switched off.')
  const deliveryId = context.uuid()
  await insertTest(context.db, deliveryId, webhookId, context.now())
  nudgeWorkers(context.db)
  return { deliveryId }
}

/** A page of its messages, the newest first. Refusal: NOT_FOUND. */
export async function listDeliveries(
  context: Context,
  id: string,
  { state, after }: { state?: string; after?: string },
) {
  const { id: webhookId } = await found(context.db, id)
  const rows = await deliveryPage(context.db, webhookId, {
    state: state ?? null,
    after: after ?? null,
    limit: PAGE + 1,
  })
  const page = rows.slice(0, PAGE)
  return { deliveries: page.map(deliveryOf), next: rows.length > PAGE ? String(page.at(-1)!.n) : null }
}

/** Sends one message again, or all that failed. Refusal: NOT_FOUND. */
export async function sendAgain(context: Context, caller: Caller, id: string, deliveryId: string | null) {
  const replayed = await writingPeople(context, async (db) => {
    const { id: webhookId, clientId } = await found(db, id)
    const count = await replay(db, webhookId, deliveryId, context.now())
    if (deliveryId !== null && count === 0) {
      throw new Refusal('NOT_FOUND', 'There is no such message, or it is about to be sent anyhow.')
    }
    const detail = { webhookId, clientId, count, ...(deliveryId === null ? {} : { deliveryId }) }
    await writeAudit(db, caller, context.now(), { action: 'webhook.replayed', detail })
    return count
  })
  nudgeWorkers(context.db)
  return { replayed }
}

function requireAddress({ settings }: Context, url: string): void {
  const problem = problemOf(url, settings.webhooks.allowed)
  if (problem === null) return
  const message = `url ${problem}.`
  throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/url', code: 'VALIDATION_ERROR', message }])
}

function sealedToken(context: Context, id: string, token: string | null): Uint8Array<ArrayBuffer> | null {
  return token === null ? null : sealFor(context, id, 'callback token', token)
}

async function found(db: Statements, id: string): Promise<WebhookRow> {
  const row = isUuid(id) ? await webhookById(db, id) : null
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such webhook.')
  return row
}

function viewOf({ id, events, stoppedAt, failingSince, previousSecretUntil, ...same }: WebhookRow): WebhookView {
  return {
    ...same,
    webhookId: id,
    events: eventsIn(events),
    stoppedAt: stoppedAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
  }
}

function deliveryOf({ n, id, at, attemptedAt, nextAttemptAt, ...same }: DeliveryRow): DeliveryView {
  return {
    ...same,
    deliveryId: id,
    sequence: String(n),
    at: at.toISOString(),
    attemptedAt: attemptedAt?.toISOString() ?? null,
    nextAttemptAt: same.state === 'waiting' ? nextAttemptAt.toISOString() : null,
  }
}
