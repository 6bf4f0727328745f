/** Where the verify page gets keys, status and list: from our own server, by addresses that say nothing about a person; else from what is kept. */
import { ask } from '@/components/public/ask'
import type { StatusAnswer } from '@/lib/verification/answers'
import { issuerKeysOf, trustedKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import type { ListSource } from '@/lib/verification/update-list'
import type { Sources } from '@/lib/verification/verify'
import { keepFact, keptFact, listedStanding } from './kept'

const KEYS = '/.well-known/did.json'
const TRUST = '/v3/trusted-issuers'
const PAGES = '/v3/revocation-list/pages/'
/** A key that was withdrawn is gone from this page after so long. */
const KEEP_KEYS_MS = 5 * 60_000
/** Somebody waits at a gate: after this the answer is "could not check". */
const PATIENCE_MS = 8_000
/** A page of the list may have a megabyte, and nobody waits for it. */
const PATIENCE_FOR_PAGES_MS = 120_000

export type PageSources = Sources & Pick<ListSource, 'page'>

/**
 * Sources for one visit of the page. `reached` hears after every question whether our server answered. What is kept on the
 * device counts where it did not; keys and trust list are kept where the page is.
 */
export function pageSources(
  own: Sources['own'],
  kinds: Sources['kinds'],
  reached: (answered: boolean) => void,
): PageSources {
  let kept: { keys: readonly IssuerKeys[]; at: number } | null = null
  return {
    own,
    kinds,
    async words(address) {
      const words = await publishedWords(address)
      if (words) return { words, copy: false }
      const copy = (await keptFact('words'))?.[address]
      return copy ? { words: copy, copy: true } : null
    },
    now: () => new Date(),
    async keys(fresh) {
      if (kept && !fresh && Date.now() - kept.at < KEEP_KEYS_MS) return kept.keys
      const [documents, trust] = await Promise.all([published(KEYS), published(TRUST)])
      reached(documents !== null)
      if (documents && trust) {
        kept = { keys: [issuerKeysOf(documents), ...trustedKeysOf(trust)], at: Date.now() }
        if (await keptFact('page')) await Promise.all([keepKeys(documents, trust), keepWords(own)])
        return kept.keys
      }
      if (fresh) return null
      return kept?.keys ?? (await keptKeys(documents, trust))
    },
    async status(certificateId) {
      const path = `/v3/certificates/${encodeURIComponent(certificateId)}/status`
      const answer = navigator.onLine
        ? await withPatience(PATIENCE_MS, (signal) => ask<StatusAnswer>('GET', path, { signal }))
        : null
      // Some other 404, of a proxy for example, says nothing.
      const isKnown = answer !== null && (answer.ok || answer.code === 'NOT_FOUND')
      reached(isKnown)
      if (!isKnown) return null
      return answer.ok ? answer.value : 'unknown'
    },
    listed: (certificateId) => listedStanding(certificateId).catch(() => null),
    page: (number) => signedPage(number, reached),
  }
}

/** Keeps both documents. Without room the ones before stay. */
export async function keepKeys(keys: unknown, trust: unknown): Promise<void> {
  const at = Date.now()
  await Promise.allSettled([keepFact('keys', { value: keys, at }), keepFact('trust', { value: trust, at })])
}

/** Keeps what the words of our certificates mean, of all types in force. What does not come now stays as it was kept. */
async function keepWords({ namespace, namespaceV1 }: Sources['own']): Promise<void> {
  const addresses = [...new Set([namespace, namespaceV1])]
  const found = await Promise.all(addresses.map(async (address) => [address, await publishedWords(address)] as const))
  const fresh = Object.fromEntries(found.flatMap(([address, words]) => (words ? [[address, words]] : [])))
  // Without room the ones before stay.
  await keepFact('words', { ...(await keptFact('words')), ...fresh }).catch(() => undefined)
}

async function publishedWords(address: string): Promise<object | null> {
  return (await published(`/contexts/${pathOf(address)}`)) as object | null
}

/** From what is kept, with that which was answered now. Without any trust list our own certificates still are checked. */
async function keptKeys(keys: unknown, trust: unknown): Promise<readonly IssuerKeys[] | null> {
  const own = keys ?? (await keptFact('keys'))?.value
  const others = trust ?? (await keptFact('trust'))?.value
  return own ? [issuerKeysOf(own), ...(others ? trustedKeysOf(others) : [])] : null
}

async function published(path: string): Promise<unknown> {
  const answer = await withPatience(PATIENCE_MS, (signal) => ask('GET', path, { signal }))
  return answer?.ok ? answer.value : null
}

async function signedPage(number: number, reached: (answered: boolean) => void): ReturnType<ListSource['page']> {
  const response = await withPatience(PATIENCE_FOR_PAGES_MS, (signal) =>
    fetch(`${PAGES}${number}`, { headers: { accept: 'application/jose' }, signal }).catch((error: unknown) => {
      if (signal.aborted) throw error
      return null
    }),
  )
  reached(response !== null)
  if (response?.status === 404) return 'missing'
  if (!response?.ok) return null
  const told = Date.parse(response.headers.get('date') ?? '')
  // A page from the browser's cache has the time at which it was made.
  const registryTime = Number.isNaN(told) || response.headers.has('age') ? null : told
  return response.text().then(
    (jws) => ({ jws: jws.trim(), registryTime }),
    () => null,
  )
}

/** Null when no answer came in time. */
async function withPatience<T>(ms: number, asked: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const signal = AbortSignal.timeout(ms)
  try {
    return await asked(signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}

/** Where our server has a vocabulary: at the path of its address. */
function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname.replace(/^\//, '') : encodeURIComponent(address)
}
