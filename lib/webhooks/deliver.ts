/** The worker's loop that sends messages to source systems: several at once, each until it arrived or for about a day. */
import type { Context } from '@/lib/certificates/context'
import { log, traceOf } from '@/lib/log'
import { metrics } from '@/lib/operations/metrics'
import { Bell } from '@/lib/queue/bell'
import { listenForNudges } from '@/lib/queue/nudge'
import { pause } from '@/lib/queue/outbox'
import { nextAttempt } from './back-off'
import { TEST_EVENT } from './events'
import { bodyOf } from './message'
import { post, type Attempted, type Posting } from './post'
import { unsealFor } from './secrets'
import { signedHeaders } from './signature'
import { writeStopped } from './stop'
import { claimDue, forgetDeliveries, giveBack, writeOutcome, type Due } from './store-due'

/** Messages that one worker has on the way at once, and those of them to one receiver. */
const PLACES = 64
const OF_EACH = 4
/** Far above what an attempt takes: a worker that has gone leaves its messages to the next. */
const LEASE_MS = 60_000
/** Receivers are waited for so long by a worker that was told to stop. */
const FINISH_MS = 3000
const LOOK_EVERY_MS = 1000
/** Every request rings, and few are followed by a message. */
const REST_MS = 200
const FORGET_EVERY_MS = 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** What arrived is of use for as long as somebody may ask whether it did; what did not, for longer. */
const KEEP_ARRIVED_MS = 30 * DAY_MS
const KEEP_ALL_MS = 180 * DAY_MS
/** After so long without a single success, and a message given up. */
const STOP_AFTER_MS = 5 * DAY_MS

/** What differs where there is no internet: in tests. */
export type Ways = Pick<Posting, 'resolve' | 'timeoutMs'>

/**
 * Sends until `signal` aborts. Every worker may run it. What is on the way then has some seconds to arrive; the rest is handed
 * back, and another worker sends it at once.
 */
export async function runWebhooks(context: Context, signal: AbortSignal, ways: Ways = {}): Promise<void> {
  const bell = new Bell()
  signal.addEventListener('abort', () => bell.ring())
  const nudges = await listenForNudges(context.settings.database.url, () => bell.ring())
  const cut = new AbortController()
  let patience: NodeJS.Timeout | undefined
  signal.addEventListener('abort', () => (patience = setTimeout(() => cut.abort(), FINISH_MS)))
  const onTheWay = new Set<Promise<void>>()
  let forgotten = 0
  while (!signal.aborted) {
    try {
      if (context.now().getTime() - forgotten >= FORGET_EVERY_MS) {
        forgotten = context.now().getTime()
        await forgetDeliveries(context.db, before(context, KEEP_ARRIVED_MS), before(context, KEEP_ALL_MS))
      }
      const started = await sendDue(context, cut.signal, { ...ways, places: PLACES - onTheWay.size })
      for (const sending of started) {
        onTheWay.add(sending)
        void sending.finally(() => {
          onTheWay.delete(sending)
          bell.ring()
        })
      }
      if (started.length === 0) {
        await pause(REST_MS, signal)
        await bell.wait(LOOK_EVERY_MS)
      }
    } catch (error) {
      log().error(traceOf(error), 'sending to source systems paused')
      await bell.wait(LOOK_EVERY_MS)
    }
  }
  await Promise.all(onTheWay)
  clearTimeout(patience)
  await nudges.close()
}

/**
 * Begins to send what is due now, as far as there are places. Each promise resolves when its outcome is written, or when
 * `signal` cut it off and it was handed back; none rejects.
 */
export async function sendDue(
  context: Context,
  signal: AbortSignal,
  { places = PLACES, ...ways }: Ways & { places?: number } = {},
): Promise<Promise<void>[]> {
  if (places === 0) return []
  const at = context.now()
  const lease = { token: context.uuid(), at, until: new Date(at.getTime() + LEASE_MS), limit: places, ofEach: OF_EACH }
  const due = await claimDue(context.db, lease)
  return due.map((one) =>
    send(context, one, lease.token, { ...ways, signal, allowed: context.settings.webhooks.allowed }).catch(
      async (error: unknown) => {
        // With the database away the lease runs out, and it is sent again.
        if (signal.aborted) return giveBack(context.db, one.n, lease.token).catch(() => {})
        log().error(traceOf(error), 'what came of a message was not written')
      },
    ),
  )
}

async function send(context: Context, due: Due, token: string, posting: Posting): Promise<void> {
  const attempted = await attempt(context, due, posting)
  const at = context.now()
  const failed = attempted.problem !== null
  const again = failed && due.type !== TEST_EVENT ? nextAttempt(due.attempts, at, chance(context)) : null
  const { n, webhookId } = due
  const failingSince = await writeOutcome(context.db, { n, webhookId, token, at, again, ...attempted })
  metrics.webhookAttempts.inc({ outcome: !failed ? 'delivered' : again ? 'retried' : 'given_up' })
  const givenUp = failed && again === null && due.type !== TEST_EVENT
  if (givenUp && failingSince && at.getTime() - failingSince.getTime() >= STOP_AFTER_MS) {
    await writeStopped(context, due)
  }
}

async function attempt(context: Context, due: Due, posting: Posting): Promise<Attempted> {
  const { webhookId, previousSecret, previousSecretUntil } = due
  const now = context.now()
  const before = previousSecret && previousSecretUntil && previousSecretUntil > now ? [previousSecret] : []
  const secrets = [due.secret, ...before].map((sealed) => unsealFor(context, webhookId, 'secret', sealed))
  const callbackToken = due.callbackToken ? unsealFor(context, webhookId, 'callback token', due.callbackToken) : ''
  if (secrets.some((secret) => secret === null) || callbackToken === null) {
    log().error({ webhookId }, 'the secret of a webhook cannot be read: WEBHOOKS_SECRET is not what it was')
    return { status: null, ms: 0, problem: 'Its secret cannot be read. Make a new one.' }
  }
  const body = bodyOf(due, callbackToken !== '')
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Errata-Webhooks',
    ...signedHeaders(secrets as string[], { id: due.id, at: now, body }),
    ...(callbackToken ? { authorization: callbackToken } : {}),
  }
  return post(due.url, headers, body, posting)
}

function chance({ random }: Context): number {
  return new DataView(random(4).slice().buffer).getUint32(0) / 2 ** 32
}

function before({ now }: Context, ms: number): Date {
  return new Date(now().getTime() - ms)
}
