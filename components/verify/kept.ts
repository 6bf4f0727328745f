/** What this device keeps for checking without a connection: keys, trust list and revocation list, in IndexedDB. */
import type { ListAge, ListEntry } from '@/lib/verification/revocation-list'
import type { KeptList, ListStore } from '@/lib/verification/update-list'

/** A published document as it was answered, and when (milliseconds of this device's clock). */
export interface KeptDocument {
  value: unknown
  at: number
}

/** The page itself, as the worker keeps it. */
export interface KeptPage {
  bytes: number
  at: number
  /** What it is made of. */
  version: string
}

interface Facts {
  keys: KeptDocument
  trust: KeptDocument
  /** Context documents by the addresses of their vocabularies. */
  words: Record<string, object>
  list: KeptList
  page: KeptPage
}

const DATABASE = 'errata-verify'
const FACTS = 'facts'
const ENTRIES = 'entries'

let opening: Promise<IDBDatabase> | undefined

/** One fact, null when it is not kept, and where browsers keep nothing (some private windows). */
export async function keptFact<Name extends keyof Facts>(name: Name): Promise<Facts[Name] | null> {
  try {
    const found: unknown = await answerOf((await open()).transaction(FACTS).objectStore(FACTS).get(name))
    return (found as Facts[Name] | undefined) ?? null
  } catch {
    return null
  }
}

/** Keeps a fact. Rejects where nothing is kept, or nothing more. */
export async function keepFact<Name extends keyof Facts>(name: Name, value: Facts[Name]): Promise<void> {
  const transaction = (await open()).transaction(FACTS, 'readwrite')
  transaction.objectStore(FACTS).put(value, name)
  await endOf(transaction)
}

/** What the kept list says about a number; null without a whole list. */
export async function listedStanding(
  certificateId: string,
): Promise<{ entry: ListEntry | null; list: ListAge } | null> {
  const list = (await keptFact('list'))?.age
  if (!list) return null
  const entry: unknown = await answerOf((await open()).transaction(ENTRIES).objectStore(ENTRIES).get(certificateId))
  return { entry: (entry as ListEntry | undefined) ?? null, list }
}

/** The kept revocation list, for its update. What belongs together is written together. */
export const keptListStore: ListStore = {
  state: () => keptFact('list'),
  async add(entries, state, anew) {
    const transaction = (await open()).transaction([FACTS, ENTRIES], 'readwrite')
    const kept = transaction.objectStore(ENTRIES)
    if (anew) kept.clear()
    for (const entry of entries) kept.put(entry, entry.certificateId)
    transaction.objectStore(FACTS).put(state, 'list')
    await endOf(transaction)
  },
}

/** Forgets everything. */
export async function dropKept(): Promise<void> {
  const transaction = (await open()).transaction([FACTS, ENTRIES], 'readwrite')
  transaction.objectStore(FACTS).clear()
  transaction.objectStore(ENTRIES).clear()
  await endOf(transaction)
}

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(FACTS)
      request.result.createObjectStore(ENTRIES)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'))
  }).catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return opening
}

function answerOf(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'))
  })
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    // A full disk ends the transaction without an error of any request.
    transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'))
  })
}
