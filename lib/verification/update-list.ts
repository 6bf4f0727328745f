/** Brings the kept revocation list up to date: only pages that are new, each checked before anything of it is kept. Pure: network and store are arguments. */
import type { IssuerKeys } from './issuer-keys'
import { PAGE_ENTRIES, readPage, type ListAge, type ListEntry } from './revocation-list'

/** What is kept beside the entries. */
export interface KeptList {
  /** null until the whole list was there once. */
  age: ListAge | null
  /** The page that still grows, and how many of its entries are kept. */
  page: number
  taken: number
  /** When that page was published: an older one is not the newer list. */
  pagePublishedAt: string
  entries: number
  /** What was downloaded for it. */
  bytes: number
  /** Bytes of the page that still grows. */
  pageBytes: number
  /** When it was asked for last, by this device's clock (milliseconds). */
  askedAt: number
  /** How far this device's clock is behind the registry's (milliseconds; above zero = behind). */
  clockBehind: number
}

export interface ListStore {
  state(): Promise<KeptList | null>
  /** Keeps entries and state together; `anew` forgets all entries before. Rejects when there is no room. */
  add(entries: ListEntry[], state: KeptList, anew: boolean): Promise<void>
}

export interface ListSource {
  /** A page as signed, with the registry's time where it was told (milliseconds). 'missing': there is none. null: no answer. */
  page(number: number): Promise<{ jws: string; registryTime: number | null } | 'missing' | null>
  /** `fresh`: no kept copy. */
  keys(fresh: boolean): Promise<readonly IssuerKeys[] | null>
  now(): number
  onProgress?(kept: KeptList): void
}

export type ListUpdate =
  /** `added`: entries that were new. */
  | { kept: KeptList; added: number }
  /** unreachable: no answer; missing: nothing is published; wrong: its signature does not hold; older: a kept one is newer. */
  | { problem: 'unreachable' | 'missing' | 'wrong' | 'older' }

/** Takes what is new. What was kept before counts until everything that is new is there. Rejects when the store does. */
export async function updateList(store: ListStore, source: ListSource): Promise<ListUpdate> {
  let state = await store.state()
  let added = 0
  for (let page = state?.page ?? 1; ; page++) {
    const answer = await source.page(page)
    if (answer === null) return { problem: 'unreachable' }
    if (answer === 'missing') return { problem: 'missing' }
    const read = await readWith(source, answer.jws, page)
    if (typeof read === 'string') return { problem: read }
    let growing = state?.page === page
    if (growing && Date.parse(read.publishedAt) < Date.parse(state!.pagePublishedAt)) return { problem: 'older' }
    let anew = state === null
    if (growing && read.entries.length < state!.taken) {
      // A later list with less in it: the registry went back to a backup, and what was kept since is not what it says.
      ;[state, anew, growing] = [null, true, false]
      if (page > 1) {
        page = 0
        continue
      }
    }
    const fresh = growing ? read.entries.slice(state!.taken) : read.entries
    const isLast = read.entries.length < PAGE_ENTRIES
    state = {
      age: isLast ? { publishedAt: read.publishedAt, nextUpdate: read.nextUpdate } : (state?.age ?? null),
      page,
      taken: read.entries.length,
      pagePublishedAt: read.publishedAt,
      entries: (state?.entries ?? 0) + fresh.length,
      bytes: (state?.bytes ?? 0) - (growing ? state!.pageBytes : 0) + answer.jws.length,
      pageBytes: answer.jws.length,
      askedAt: source.now(),
      clockBehind: answer.registryTime === null ? (state?.clockBehind ?? 0) : answer.registryTime - source.now(),
    }
    await store.add(fresh, state, anew)
    added += fresh.length
    source.onProgress?.(state)
    if (isLast) return { kept: state, added }
  }
}

/** With a key that is newer than the kept ones, where need be. */
async function readWith(source: ListSource, jws: string, page: number) {
  const kept = await source.keys(false)
  const first = kept ? await readPage(jws, kept, page) : 'unknown'
  if (first !== 'unknown') return first
  const fresh = await source.keys(true)
  if (!fresh) return 'unreachable' as const
  const second = await readPage(jws, fresh, page)
  return second === 'unknown' ? 'wrong' : second
}
