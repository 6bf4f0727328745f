/** What one message on `vc-certify` becomes: an accepted request, followed under the id that it brought along, or a message that it was not. */
import { keyOf, refuseMessage, requestOf, sentenceOf } from '@/lib/certificates/accept-message'
import { provenCaller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { readJsonText } from '@/lib/certificates/json-text'
import { canAnswer } from '@/lib/certificates/store-health'
import { MESSAGE } from '@/lib/certificates/store-idempotency'
import { refusedEvent } from '@/lib/certificates/vc-events'
import { Refusal } from '@/lib/errors'
import type { Intake } from '@/lib/queue/intake'
import type { Received } from '@/lib/queue/kafka'
import { certifyEntity } from './certify'

/** Whoever may write to the topic is another component of the same installation: the broker let it in. */
const CALLER = provenCaller({
  kind: 'system',
  id: 'vc-certify topic',
  name: 'Message on the vc-certify topic',
  facilityCode: null,
  batch: 'all',
  channel: 'api',
  facilities: null,
  programs: null,
  roles: [],
  sandbox: false,
})

/** The intake of that topic for a running worker. */
export function vcIntake(context: Context): Intake {
  return {
    accept: (message) => acceptVcMessage(context, message),
    setAside: (message, reason) =>
      refuseMessage(context, message, 'INTERNAL_ERROR', reason, answerTo(context, message)),
    databaseAnswers: () => canAnswer(context.db),
  }
}

/** Handles one message. When this resolves, the outcome stands in the database; the same message again changes nothing. */
export async function acceptVcMessage(context: Context, message: Received): Promise<'accepted' | 'refused'> {
  try {
    const { body, transactionId, entityType } = requestIn(message)
    const asked = { entityName: entityType, body, update: false, mayUpdate: () => {}, ownId: transactionId }
    const keyed = { method: MESSAGE, path: message.topic, idempotencyKey: keyOf(message) }
    await certifyEntity(context, { ...CALLER, ...requestOf(message) }, asked, keyed)
    return 'accepted'
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    await refuse(context, message, thrown.code, sentenceOf(thrown))
    return 'refused'
  }
}

interface Request {
  body: unknown
  transactionId: string
  entityType: string
}

/** Answers who follows it, and tells people. What stands there has no token in it: what cannot be read is left where it is. */
async function refuse(context: Context, message: Received, code: string, reason: string): Promise<void> {
  let shown: Buffer | null = null
  try {
    const { token: _secret, ...said } = readJsonText(message.value ?? Buffer.alloc(0)) as Record<string, unknown>
    shown = Buffer.from(JSON.stringify(said))
  } catch {
    // Its place in the topic is in the headers of the answer.
  }
  await refuseMessage(context, { ...message, value: shown }, code, reason, answerTo(context, message))
}

/** The token that DIVOC sends along is read by nobody. */
function requestIn({ value }: Received): Request {
  if (value === null || value.length === 0) throw new Refusal('MALFORMED_REQUEST', 'The message is empty.')
  const given = readJsonText(value)
  if (typeof given !== 'object' || given === null) throw new Refusal('MALFORMED_REQUEST', 'The message is no object.')
  const { body, transactionId, entityType } = given as Record<string, unknown>
  if (typeof transactionId !== 'string' || !/^[\w-]{8,64}$/.test(transactionId)) {
    throw new Refusal('MALFORMED_REQUEST', 'The message names no transactionId.')
  }
  if (typeof entityType !== 'string' || !/^[\w-]{1,60}$/.test(entityType)) {
    throw new Refusal('MALFORMED_REQUEST', 'The message names no entityType.')
  }
  return { body, transactionId, entityType }
}

/** Nobody follows what cannot be read. */
function answerTo(context: Context, message: Received) {
  try {
    return [refusedEvent(context, requestIn(message))]
  } catch {
    return []
  }
}
