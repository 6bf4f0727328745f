/** What a credential of VC Data Model 2.0 says about where its status is published (W3C Bitstring Status List v1.0). */
import type { Place } from './store-places'

/** revocation and suspension are one bit each; message is three bits whose values STATUS_MESSAGES names. */
export const STATUS_PURPOSES = ['revocation', 'suspension', 'message'] as const

export type StatusPurpose = (typeof STATUS_PURPOSES)[number]

/** Bits of one entry. */
export const STATUS_SIZE: Record<StatusPurpose, number> = { revocation: 1, suspension: 1, message: 3 }

/** The values of the message list, in order. The specification wants one for every value that fits, and this word where there is no meaning yet. */
export const STATUS_MESSAGES = [
  'valid',
  'replaced',
  'cancelled by error',
  'cancelled for fraud',
  'suspended',
  'cancelled for another reason',
  'undefined',
  'undefined',
] as const

/** Where the list of this purpose is published. */
export function statusListUrl(publicUrl: string, listId: number, purpose: StatusPurpose): string {
  return `${publicUrl}/status/${listId}/${purpose}`
}

/** An entry of `credentialStatus`. */
export interface StatusListEntry {
  id: string
  type: 'BitstringStatusListEntry'
  statusPurpose: StatusPurpose
  statusListIndex: string
  statusListCredential: string
  statusSize?: number
  statusMessage?: { status: string; message: string }[]
  /** Where people read what the messages mean. */
  statusReference?: string
}

/** The three entries of a certificate at this place. */
export function statusEntriesOf(place: Place, publicUrl: string): StatusListEntry[] {
  return STATUS_PURPOSES.map((purpose) => {
    const url = statusListUrl(publicUrl, place.listId, purpose)
    return {
      id: `${url}#${place.index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(place.index),
      statusListCredential: url,
      ...(purpose === 'message' && {
        statusSize: STATUS_SIZE.message,
        statusMessage: statusMessages(),
        statusReference: `${publicUrl}/docs`,
      }),
    }
  })
}

/** The meanings of the values, as entries and lists give them. */
export function statusMessages(): { status: string; message: string }[] {
  return STATUS_MESSAGES.map((message, value) => ({ status: `0x${value.toString(16)}`, message }))
}
