/** The registry's signed list of what was replaced, revoked or suspended, for where the registry cannot be asked. Pure. */
import { verifyJws } from './detached-jws'
import { keysNamed, type IssuerKey, type IssuerKeys } from './issuer-keys'

/** Every page but the last holds so many. A page with fewer is the last one. */
export const PAGE_ENTRIES = 10_000

/** `typ` of a page's header. */
const PAGE_TYPE = 'revocation-list+jwt'

const ALGORITHM: Partial<Record<string, IssuerKey['type']>> = { PS256: 'RSA', EdDSA: 'ED25519' }

export type ListedState = 'current' | 'superseded' | 'revoked' | 'suspended'

export interface ListEntry {
  certificateId: string
  /** current: a suspension was lifted. */
  state: ListedState
  /** Instants. */
  since: string
  until: string | null
  /** Why it was revoked. */
  cause: string | null
}

/** How old a list is. Instants. */
export interface ListAge {
  publishedAt: string
  /** By then there is a newer one. */
  nextUpdate: string
}

export interface ListPage extends ListAge {
  /** Counts the publications. */
  serial: number
  /** From 1. */
  page: number
  entries: ListEntry[]
}

/**
 * A page (compact JWS, RFC 7515), read when one of our own keys signed it. 'wrong': it is no such page, or not signed by
 * the key that it names; 'unknown': it names a key that is not among these, so newer keys are needed.
 */
export async function readPage(
  jws: string,
  issuers: readonly IssuerKeys[],
  page: number,
): Promise<ListPage | 'wrong' | 'unknown'> {
  const [encodedHeader = '', encodedPayload = ''] = jws.split('.')
  const header = jsonIn(encodedHeader)
  const type = header && ALGORITHM[String(header.alg)]
  if (!header || !type || typeof header.kid !== 'string' || header.typ !== PAGE_TYPE || 'crit' in header) return 'wrong'
  // Whoever else is trusted: about our certificates only our own issuer says something.
  const own = issuers.filter(({ trusted }) => trusted === undefined)
  const keys = keysNamed(own, header.kid, type)
  if (keys.length === 0) return 'unknown'
  for (const key of keys) {
    if (await verifyJws(key, jws)) return pageOf(jsonIn(encodedPayload), page) ?? 'wrong'
  }
  return 'unknown'
}

/**
 * What an entry says at a moment: null when it says that the certificate counts. A suspension is over at the moment it
 * ends, whether somebody has written that down or not.
 */
export function standingOf(entry: ListEntry | null, now: Date): ListEntry | null {
  if (!entry || entry.state === 'current') return null
  const isOver = entry.state === 'suspended' && entry.until !== null && Date.parse(entry.until) <= now.getTime()
  return isOver ? null : entry
}

function pageOf(payload: Record<string, unknown> | null, page: number): ListPage | null {
  if (!payload || payload.page !== page) return null
  const { serial, publishedAt, nextUpdate, entries } = payload
  if (typeof serial !== 'number' || !isInstant(publishedAt) || !isInstant(nextUpdate)) return null
  if (!Array.isArray(entries) || entries.length > PAGE_ENTRIES) return null
  const read = (entries as unknown[]).map(entryOf)
  // A page of which something cannot be understood is not half believed.
  return read.includes(null) ? null : { serial, page, publishedAt, nextUpdate, entries: read as ListEntry[] }
}

const STATES: readonly unknown[] = ['current', 'superseded', 'revoked', 'suspended'] satisfies ListedState[]

function entryOf(entry: unknown): ListEntry | null {
  if (!Array.isArray(entry)) return null
  const [certificateId, state, since, until, cause] = entry as unknown[]
  if (typeof certificateId !== 'string' || !STATES.includes(state) || !isInstant(since)) return null
  if (until !== null && !isInstant(until)) return null
  return { certificateId, state: state as ListedState, since, until, cause: typeof cause === 'string' ? cause : null }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

function jsonIn(base64url: string): Record<string, unknown> | null {
  try {
    const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
