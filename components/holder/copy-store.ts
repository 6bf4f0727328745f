/** Copies of certificates on this phone, one for each link: kept in the browser's cache, shown by a worker below /c/. */
import type { Language } from '@/components/language'
import type { HolderView } from '@/lib/holders/answers'

export interface KeptCopy {
  savedAt: Date
  timeZone: string
}

/** Known to copy-worker.ts as well. */
const CACHE = 'errata-holder-copies'
const SAVED_AT = 'x-saved-at'
const TIME_ZONE = 'x-time-zone'

/** Browsers keep pages for later only where they came over a safe way. */
export function canKeepCopies(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis
}

/** Keeps a copy in place of the one before; null when the phone does not take it. */
export async function keepCopy(token: string, view: HolderView, language: Language): Promise<KeptCopy | null> {
  const { copyDocument, COPY_POLICY } = await import('./copy-document')
  const copy = { savedAt: new Date(), timeZone: view.timeZone }
  const page = new Response(copyDocument(view, copy.savedAt, language), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': COPY_POLICY,
      [SAVED_AT]: copy.savedAt.toISOString(),
      [TIME_ZONE]: copy.timeZone,
    },
  })
  try {
    await (await caches.open(CACHE)).put(pathOf(token), page)
    await navigator.serviceWorker.register('/c/worker.js', { scope: '/c/' })
    return copy
  } catch {
    // No room, or a private window: then there is no copy, and the page says so.
    return null
  }
}

/** The copy of a link, null when there is none. */
export async function keptCopy(token: string): Promise<KeptCopy | null> {
  if (!canKeepCopies() || !(await caches.has(CACHE))) return null
  const page = await (await caches.open(CACHE)).match(pathOf(token))
  const savedAt = page?.headers.get(SAVED_AT)
  return savedAt ? { savedAt: new Date(savedAt), timeZone: page!.headers.get(TIME_ZONE) ?? 'UTC' } : null
}

/** Removes the copy; with the last one also the worker that shows them. */
export async function removeCopy(token: string): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.delete(pathOf(token))
  if ((await cache.keys()).length > 0) return
  await caches.delete(CACHE)
  await (await navigator.serviceWorker.getRegistration('/c/'))?.unregister()
}

/** Where the worker shows the copy, also with a connection. */
export function copyAddress(token: string): string {
  return `${pathOf(token)}?copy`
}

function pathOf(token: string): string {
  return `/c/${encodeURIComponent(token)}`
}
