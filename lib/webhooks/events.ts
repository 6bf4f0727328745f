/** What a source system can be told of. The statement that writes it is lib/certificates/store-webhook-events.ts. */

export const EVENTS = [
  'certificate.issued',
  'certificate.updated',
  'certificate.failed',
  'certificate.revoked',
  'certificate.suspended',
  'certificate.lifted',
] as const

export type WebhookEvent = (typeof EVENTS)[number]

/** What becomes of a message. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const

/** A message that an administrator sends to see whether it arrives: about no certificate, tried once. */
export const TEST_EVENT = 'webhook.test'

/** The known ones of a stored list, in the order of the list above. */
export function eventsIn(stored: readonly string[]): WebhookEvent[] {
  return EVENTS.filter((event) => stored.includes(event))
}
