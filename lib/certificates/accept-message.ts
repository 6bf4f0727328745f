/** What one message on the `certify` topic becomes: a nudge, an accepted request, or a message with the reason why not. */
import { publishedType, typeNamed } from '@/lib/certificate-types/live'
import type { CertificateType, Form } from '@/lib/certificate-types/type'
import { Refusal } from '@/lib/errors'
import { log } from '@/lib/log'
import { headersOf, idsIn, TRANSACTION_HEADER } from '@/lib/queue/ids'
import type { Handled } from '@/lib/queue/intake'
import type { Received } from '@/lib/queue/kafka'
import { countRefused } from '@/lib/operations/metrics'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { writeEvents, type OutboxEvent } from '@/lib/queue/outbox'
import { isUuid } from '@/lib/uuid'
import { acceptCertify, acceptUpdates } from './accept'
import type { AcceptAnswer } from './answers'
import { provenCaller } from './caller'
import type { Context } from './context'
import { ackEvents, errorEvent, type BulkRow } from './events'
import { readJsonText } from './json-text'
import { sequenceOf } from './lineage-key'
import { valueAt } from './record'
import { claimKeys, MESSAGE } from './store-idempotency'
import { knownTransaction, namedCertificate, writeMessageRefused } from './store-message'

/** Larger texts are cut: as JSON the error has to fit into a message itself, and the original stands where `errata-origin` says. */
const LONGEST_MESSAGE_BYTES = 400_000

/** Whoever may write to the topic is another component of the same installation: the broker let it in. */
const CALLER = provenCaller({
  kind: 'system',
  id: 'certify topic',
  name: 'Message on the certify topic',
  facilityCode: null,
  batch: 'all',
  channel: 'api',
  facilities: null,
  programs: null,
  roles: [],
  sandbox: false,
})

/**
 * Handles one message. When this resolves, the outcome stands in the database; the same message again changes nothing.
 * Throws only what is ours and may pass (the database away, say): then the message has to come again.
 */
export async function acceptMessage(context: Context, message: Received): Promise<Handled> {
  try {
    const transactionId = message.headers[TRANSACTION_HEADER]
    if (transactionId !== undefined) {
      await nudge(context, transactionId)
      return 'nudge'
    }
    const { results } = await accept(context, message)
    return results.some(({ status }) => status === 'accepted') ? 'accepted' : 'duplicate'
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    await refuseMessage(context, message, thrown.code, sentenceOf(thrown))
    return 'refused'
  }
}

/** Puts a message on `error_certificate` with the reason, once, and answers the upload that waits for it; `more` goes along. */
export async function refuseMessage(
  context: Context,
  message: Received,
  code: string,
  reason: string,
  more: readonly OutboxEvent[] = [],
): Promise<void> {
  const origin = originOf(message)
  await context.db.$transaction(async (db) => {
    const scope = { callerId: CALLER.id, method: MESSAGE, path: `${message.topic} refused`, key: keyOf(message) }
    const [before] = await claimKeys(db, [{ ...scope, bodyHash: '' }])
    if (before) return
    const headers = { 'errata-code': code, 'errata-origin': origin, ...headersOf(requestOf(message)) }
    await writeEvents(db, [
      errorEvent(context, null, textOf(message.value), reason, headers),
      ...ackEvents(context, null, bulkRowOf(message), reason),
      ...more,
    ])
    await writeMessageRefused(db, CALLER, { origin, code, preEnrollmentCode: codeIn(message.value) }, context.now())
  })
  countRefused(code)
  log().warn({ origin, requestId: requestOf(message).requestId, code }, 'message refused')
}

/** The request that a message is: the one that it brings along, else it is one of its own, named by where it stands. */
export function requestOf(message: Received): { requestId: string; traceparent?: string } {
  const { requestId, traceparent } = idsIn(message.headers)
  return { requestId: requestId ?? originOf(message), ...(traceparent ? { traceparent } : {}) }
}

async function nudge(context: Context, transactionId: string): Promise<void> {
  if (!isUuid(transactionId) || !(await knownTransaction(context.db, transactionId))) {
    throw new Refusal('TRANSACTION_NOT_FOUND', 'The message names a transaction that this registry does not have.')
  }
  nudgeWorkers(context.db)
}

async function accept(context: Context, message: Received): Promise<AcceptAnswer> {
  if (message.value === null || message.value.length === 0) {
    throw new Refusal('MALFORMED_REQUEST', 'The message is empty.')
  }
  const { item, form, entityType } = certificationRequest(readJsonText(message.value))
  const type = entityType === null ? await publishedType(context) : (await typeNamed(context, entityType)).type
  const options = {
    door: 'divoc' as const,
    type: type.name,
    form,
    method: MESSAGE,
    path: message.topic,
    idempotencyKey: keyOf(message),
    message: { bulkRow: bulkRowOf(message) },
  }
  const previousId = item.meta?.previousCertificateId
  const caller = { ...CALLER, ...requestOf(message) }
  if (!previousId) return acceptCertify(context, caller, [item], options)
  await requireSameLineage(context, item, type, previousId)
  return acceptUpdates(context, caller, [item], options)
}

interface Request {
  preEnrollmentCode?: unknown
  meta?: { certificateType?: unknown; previousCertificateId?: unknown }
}

/**
 * The shapes on this topic: those of DIVOC's two generations, and that of its POST /v4/{entityType}/certify, where the item
 * stands under entityPayload. `entityType`: the type that it names, null = vaccinations.
 */
function certificationRequest(value: unknown): { item: Request; form: Form; entityType: string | null } {
  if (!isObject(value)) throw new Refusal('MALFORMED_REQUEST', 'The message is not an object.')
  if ('entityType' in value || 'entityPayload' in value) {
    const { entityType, entityPayload: item } = value
    if (typeof entityType !== 'string' || !isObject(item)) {
      throw new Refusal('MALFORMED_REQUEST', 'entityType must be a text and entityPayload an object.')
    }
    requireMeta(item)
    return { item, form: 'certifyV3', entityType }
  }
  const form = requireMeta(value)?.certificateType ?? 'certifyV3'
  if (form !== 'certifyV3' && form !== 'certifyV2') {
    throw new Refusal(
      'MALFORMED_REQUEST',
      'meta.certificateType is none that can be issued here (certifyV3, certifyV2).',
    )
  }
  return { item: value, form, entityType: null }
}

function requireMeta({ meta }: Request): Request['meta'] {
  if (meta === undefined || meta === null || isObject(meta)) return meta
  throw new Refusal('VALIDATION_ERROR', '/meta: meta must be an object')
}

function isObject(value: unknown): value is Record<string, unknown> & Request {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An update names what it replaces. The number only says that it is one and of which dose: two updates sent one after
 * the other name the same certificate, and both are whole records, so the later one follows the earlier.
 */
async function requireSameLineage(
  context: Context,
  item: Request,
  type: CertificateType,
  previousId: unknown,
): Promise<void> {
  const named = typeof previousId === 'string' ? await namedCertificate(context.db, previousId) : null
  if (!named) {
    throw new Refusal(
      'CERTIFICATE_NOT_FOUND',
      'meta.previousCertificateId names a certificate that this registry does not have.',
    )
  }
  const code = item.preEnrollmentCode ?? valueAt(item, type.lineage.key ?? '')
  if (named.type !== type.name || named.preEnrollmentCode !== code || named.dose !== sequenceOf(item, type)) {
    throw new Refusal(
      'CERTIFICATE_NOT_FOUND',
      'meta.previousCertificateId names a certificate of another type, code or dose.',
    )
  }
}

/** Topic, partition and offset name a message until the topic is made anew; its time tells those apart. */
export function keyOf({ partition, offset, timestamp }: Received): string {
  return `${partition}-${offset}@${timestamp}`
}

function originOf({ topic, partition, offset }: Received): string {
  return `${topic}-${partition}-${offset}`
}

/** The pre-enrollment code that a refused message names; null where it cannot be read. */
function codeIn(value: Buffer | null): string | null {
  try {
    const said = JSON.parse(value?.toString('utf8') ?? '') as Request & { entityPayload?: Request }
    const { preEnrollmentCode } = said.entityPayload ?? said
    if (typeof preEnrollmentCode !== 'string') return null
    return preEnrollmentCode.toWellFormed().replaceAll('\u0000', '').slice(0, 200)
  } catch {
    return null
  }
}

/** DIVOC sends both headers always: "null" where there is no upload. */
function bulkRowOf({ headers: { uploadId, rowId } }: Received): BulkRow | null {
  const given = (value: string | undefined): value is string => value !== undefined && !['', 'null'].includes(value)
  return given(uploadId) && given(rowId) ? { uploadId, rowId } : null
}

/** The message as text that the database takes: it has no U+0000. Bytes that are no text are shown as U+FFFD. */
function textOf(value: Buffer | null): string {
  let text = value?.toString('utf8').replaceAll('\u0000', '\ufffd') ?? ''
  while (Buffer.byteLength(JSON.stringify(text)) > LONGEST_MESSAGE_BYTES) {
    text = text.slice(0, Math.floor(text.length / 2)).toWellFormed()
  }
  return text
}

/** What a refusal says, with every reason. */
export function sentenceOf({ code, message, details }: Refusal): string {
  if (details.length === 0) return `${code}: ${message}`
  return details.map((detail) => `${detail.code}: ${detail.path} ${detail.message}`.replace(':  ', ': ')).join('; ')
}
