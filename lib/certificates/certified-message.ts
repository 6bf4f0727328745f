/** The message on the `certified` topic, in the shape that DIVOC's consumers read. */
import type { Context } from './context'
import type { Claimed } from './store-issue'

/** The event of one issued certificate, null when no broker is configured. `meta` says what it replaces, whatever a client claimed. */
export function certifiedMessage(
  context: Context,
  transaction: Claimed,
  credential: string,
  previousId: string | null,
) {
  if (context.settings.kafka.brokers.length === 0) return null
  const { record, certificateId } = transaction
  return {
    id: context.uuid(),
    payload: { ...registryFields(record, certificateId, credential), meta: ownMeta(record, previousId) },
  }
}

/** The members that DIVOC's registry row and its `certified` message share. */
export function registryFields(record: Claimed['record'], certificateId: string, credential: string) {
  const phone = record.recipient.contact.find((contact) => contact.startsWith('tel:'))
  return {
    name: record.recipient.name,
    contact: record.recipient.contact,
    mobile: phone?.slice('tel:'.length) ?? '',
    preEnrollmentCode: record.preEnrollmentCode,
    certificateId,
    certificate: credential,
    programId: record.programId ?? '',
  }
}

/** meta as the registry shows it: the client's keys, with certificate type and predecessor set by us. */
export function ownMeta(record: Claimed['record'], previousId: string | null) {
  return { ...record.meta, certificateType: 'certifyV3', ...(previousId ? { previousCertificateId: previousId } : {}) }
}
