/** What a published status list says, before it is signed (W3C Bitstring Status List v1.0, section 2.2). Pure. */
import {
  STATUS_MESSAGES,
  STATUS_SIZE,
  statusListUrl,
  statusMessages,
  type StatusPurpose,
} from '@/lib/certificates/status-entries'
import { emptyList, encodeList, setEntry } from './bitstring'

/** How long a verifier may keep a list before asking again. The same stands in Cache-Control. */
export const TTL_SECONDS = 10

/** A list is good for a day and made anew in time, so that one that was kept back by somebody shows its age. */
export const VALID_HOURS = 24

type Message = (typeof STATUS_MESSAGES)[number]

/** The certificates of a list that do not count: for each value of the message list (1 to 7) their places. */
export type NotCurrent = Map<number, Iterable<number>>

const REPLACED = STATUS_MESSAGES.indexOf('replaced')
const SUSPENDED = STATUS_MESSAGES.indexOf('suspended')

/** The value of the message list for a state and the cause of a revocation; the publishing statement says the same in SQL. */
export function messageOf(state: string, cause: string | null): number {
  if (state === 'superseded') return REPLACED
  if (state === 'suspended') return SUSPENDED
  if (state !== 'revoked') return 0
  const message: Message =
    cause === 'error'
      ? 'cancelled by error'
      : cause === 'fraud'
        ? 'cancelled for fraud'
        : 'cancelled for another reason'
  return STATUS_MESSAGES.indexOf(message)
}

/** What a list of this purpose says where the message list says `message`. A replaced certificate counts as revoked. */
export function entryOf(purpose: StatusPurpose, message: number): number {
  if (purpose === 'message') return message
  if (purpose === 'suspension') return message === SUSPENDED ? 1 : 0
  return message >= REPLACED && message !== SUSPENDED ? 1 : 0
}

/**
 * A message list has to say its size and messages (section 2.2), but the base context knows these words for entries only:
 * without a meaning they would stay unsigned. They mean the same here as there.
 */
const MESSAGE_WORDS = {
  statusSize: {
    '@id': 'https://www.w3.org/ns/credentials/status#statusSize',
    '@type': 'http://www.w3.org/2001/XMLSchema#integer',
  },
  statusMessage: {
    '@id': 'https://www.w3.org/ns/credentials/status#statusMessage',
    '@context': {
      status: 'https://www.w3.org/ns/credentials/status#status',
      message: 'https://www.w3.org/ns/credentials/status#message',
    },
  },
}

/** The unsigned BitstringStatusListCredential. `issuer` is the did:web of the address. */
export async function listCredential(list: {
  publicUrl: string
  issuer: string
  listId: number
  length: number
  purpose: StatusPurpose
  notCurrent: NotCurrent
  at: Date
}): Promise<Record<string, unknown>> {
  const url = statusListUrl(list.publicUrl, list.listId, list.purpose)
  const size = STATUS_SIZE[list.purpose]
  const bits = emptyList(list.length, size)
  for (const [message, places] of list.notCurrent) {
    const entry = entryOf(list.purpose, message)
    if (entry > 0) for (const place of places) setEntry(bits, place, size, entry)
  }
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', ...(size > 1 ? [MESSAGE_WORDS] : [])],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: list.issuer,
    validFrom: list.at.toISOString(),
    validUntil: validUntil(list.at).toISOString(),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: list.purpose,
      encodedList: await encodeList(bits),
      ttl: TTL_SECONDS * 1000,
      ...(size > 1 && { statusSize: size, statusMessage: statusMessages() }),
    },
  }
}

/** Until when a list that is made at this moment is good. */
export function validUntil(at: Date): Date {
  return new Date(at.getTime() + VALID_HOURS * 60 * 60 * 1000)
}
