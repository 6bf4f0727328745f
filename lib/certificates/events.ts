/** The messages for other systems, in the shapes that DIVOC's components read. None is made where no broker is set. */
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import type { Form } from '@/lib/certificate-types/type'
import { headersOf, type Ids } from '@/lib/queue/ids'
import type { OutboxEvent } from '@/lib/queue/outbox'
import type { Context } from './context'
import type { CertificateRecord } from './record'
import { ownMeta, registryFields } from './registry-fields'
import type { TransactionKind } from './rules'

/** The row of a bulk upload of another system, as it named it. */
export interface BulkRow {
  uploadId: string
  rowId: string
}

/** Whether other systems listen. */
export function publishes(context: Context): boolean {
  return context.settings.kafka.brokers.length > 0
}

/** Whether they are told of certificates of a type here: the messages of DIVOC's first generation speak of vaccinations. */
function tells(context: Context, { type }: { type: string }): boolean {
  return publishes(context) && type === VACCINATION_TYPE
}

/** `certify`: an accepted request, whole, with our transaction in a header. */
export function certifyEvents(
  context: Context,
  accepted: Ids & { type: string; id: string; lineageId: string; form: Form; record: CertificateRecord },
  previousId: string | null,
): OutboxEvent[] {
  if (!tells(context, accepted)) return []
  const { reason: _ours, ...record } = accepted.record
  return [
    {
      id: context.uuid(),
      topic: 'certify',
      key: accepted.lineageId,
      headers: headersOf(accepted),
      payload: { ...record, meta: ownMeta(record, accepted.form, previousId) },
    },
  ]
}

/** What a message needs to know of a transaction that ended. */
export interface Ended extends Ids {
  /** Name of the certificate type. */
  type: string
  lineageId: string
  record: CertificateRecord
  bulkRow: BulkRow | null
}

/** `certified`, `proc_status`, `notify` where somebody can be told, and `certify_ack` where an upload waits for it. */
export function issuedEvents(
  context: Context,
  ended: Ended & { certificateId: string; form: Form; kind: TransactionKind },
  credential: string,
  previousId: string | null,
): OutboxEvent[] {
  if (!tells(context, ended)) return []
  const { lineageId: key, record, bulkRow } = ended
  const certified = {
    ...registryFields(record, ended.certificateId, credential),
    meta: ownMeta(record, ended.form, previousId),
  }
  return of(ended, [
    { id: context.uuid(), topic: 'certified', key, payload: certified },
    procStatus(context, ended, 'SUCCESS'),
    ...notice(context, ended),
    ...ackEvents(context, key, bulkRow, null),
  ])
}

/**
 * `error_certificate` with the record and the reason, `proc_status`, and `certify_ack` where an upload waits for it. The
 * first names no transaction: put back on `certify` with its headers it would count as ours, and nothing would come of it.
 */
export function failedEvents(context: Context, ended: Ended, error: string): OutboxEvent[] {
  if (!tells(context, ended)) return []
  const { reason: _ours, ...record } = ended.record
  const { requestId, traceparent } = ended
  return [
    ...of({ requestId, traceparent }, [errorEvent(context, ended.lineageId, JSON.stringify(record), error)]),
    ...of(ended, [procStatus(context, ended, 'FAILED'), ...ackEvents(context, ended.lineageId, ended.bulkRow, error)]),
  ]
}

/** With the ids of the transaction that they tell of. */
function of(ids: Ids, events: OutboxEvent[]): OutboxEvent[] {
  const headers = headersOf(ids)
  return events.map((event) => ({ ...event, headers: { ...event.headers, ...headers } }))
}

/** `error_certificate`: what could not be certified, as it came, and why. */
export function errorEvent(
  context: Context,
  key: string | null,
  message: string,
  error: string,
  headers: Record<string, string> = {},
): OutboxEvent {
  return { id: context.uuid(), topic: 'error_certificate', key, headers, payload: { message, error } }
}

/** `duplicate_certificate`: a certify for a dose that has a certificate with other content. */
export function duplicateEvent(context: Context, key: string, item: unknown): OutboxEvent {
  const payload = { message: JSON.stringify(item), error: 'Duplicate pre-enrollment code' }
  return { id: context.uuid(), topic: 'duplicate_certificate', key, payload }
}

/** `certify_ack` for the row of an upload; none where no upload waits. `error` null = certified. */
export function ackEvents(
  context: Context,
  key: string | null,
  bulkRow: BulkRow | null,
  error: string | null,
): OutboxEvent[] {
  if (!bulkRow) return []
  const { uploadId, rowId } = bulkRow
  const payload = { uploadId, rowId, status: error === null ? 'SUCCESS' : 'FAILED', errorMsg: error ?? '' }
  return [{ id: context.uuid(), topic: 'certify_ack', key, payload }]
}

/** What a message needs to know of a certificate whose state changed. */
export interface Stopped extends Pick<Ids, 'requestId' | 'traceparent'> {
  type: string
  certificateId: string
  lineageId: string
  record: CertificateRecord
  form: Form
  credential: string
  predecessorId: string | null
}

/**
 * `revoke_cert` with the row of the registry where a certificate was revoked: DIVOC has no message for suspending. The
 * holder is told what happened to the certificate, and nothing of the reason.
 */
export function statusEvents(
  context: Context,
  stopped: Stopped,
  to: { state: 'current' | 'revoked' | 'suspended' },
): OutboxEvent[] {
  if (!tells(context, stopped)) return []
  const { record, lineageId: key, certificateId, credential, form, predecessorId } = stopped
  // Whoever removes the row in DIVOC's registry asks for its osid, and ends where there is none.
  const osid = `1-${certificateId}`
  const row = { osid, ...registryFields(record, certificateId, credential), meta: ownMeta(record, form, predecessorId) }
  const payload = { preEnrollmentCode: record.preEnrollmentCode, certificateBody: row }
  const revoked: OutboxEvent[] =
    to.state === 'revoked' ? [{ id: context.uuid(), topic: 'revoke_cert', key, payload }] : []
  const { requestId, traceparent } = stopped
  return of({ requestId, traceparent }, [...revoked, ...told(context, stopped, STATUS_NOTICE[to.state])])
}

const STATUS_NOTICE = {
  revoked: { word: 'was cancelled. It is not valid any more', subject: 'Your vaccination certificate was cancelled' },
  suspended: { word: 'is suspended. It is not valid for now', subject: 'Your vaccination certificate is suspended' },
  current: { word: 'is valid again', subject: 'Your vaccination certificate is valid again' },
}

function told(context: Context, { lineageId, record }: Stopped, { word, subject }: { word: string; subject: string }) {
  const message = `Your vaccination certificate (dose ${record.vaccination.dose}) ${word}. ${context.settings.issuer.name}`
  return notify(context, lineageId, record, { message, subject })
}

function procStatus(context: Context, { lineageId, record }: Ended, status: 'SUCCESS' | 'FAILED'): OutboxEvent {
  const { preEnrollmentCode } = record
  const payload = { preEnrollmentCode, date: context.now().toISOString(), ProcType: 'certification', Status: status }
  return { id: context.uuid(), topic: 'proc_status', key: lineageId, payload }
}

/** Tells the holder that there is a certificate, and nothing that is in it: messages are read by others too. */
function notice(context: Context, { lineageId, record, kind }: Ended & { kind: TransactionKind }): OutboxEvent[] {
  const { word, subject } = NOTICE[kind]
  const message = `Your vaccination certificate (dose ${record.vaccination.dose}) ${word}. ${context.settings.issuer.name}`
  return notify(context, lineageId, record, { message, subject })
}

const NOTICE: Record<TransactionKind, { word: string; subject: string }> = {
  certify: { word: 'is ready', subject: 'Your vaccination certificate' },
  update: {
    word: 'was corrected. The new certificate replaces the earlier one',
    subject: 'Your vaccination certificate was replaced',
  },
  reissue: {
    word: 'was issued anew; what it says is the same. The new certificate replaces the earlier one',
    subject: 'Your vaccination certificate was replaced',
  },
}

function notify(
  context: Context,
  key: string,
  { recipient: { contact } }: CertificateRecord,
  text: { message: string; subject: string },
): OutboxEvent[] {
  const recipient = contact.filter((one) => /^(tel|mailto):./.test(one)).join(',')
  if (recipient === '') return []
  return [{ id: context.uuid(), topic: 'notify', key, payload: { recipient, ...text } }]
}
