/** The service worker of kept copies. It runs only in browsers whose holder chose to keep one, and only below /c/. */
import { COPY_POLICY, removedDocument } from './copy-document'

/**
 * Its program: a link's page comes from the network; when that does not answer, or is broken, from the copy. `?copy` shows
 * the copy, and the form in it (a POST) removes it. Everything else goes its usual way.
 */
export function copyWorker(): string {
  return `
const CACHE = 'errata-holder-copies'
const PATIENCE = 8000
const HEADERS = ${JSON.stringify({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': COPY_POLICY })}
const REMOVED = ${JSON.stringify(removedDocument())}

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.mode !== 'navigate' || !/^\\/c\\/[^/]+$/.test(url.pathname)) return
  event.respondWith(pageFor(event.request, url))
})

async function pageFor(request, url) {
  const cache = await caches.open(CACHE)
  const copy = await cache.match(url.pathname)
  if (!copy) return fetch(request)
  if (request.method === 'POST') return removed(cache, url)
  if (url.search === '?copy') return copy
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE))
  const answer = await Promise.race([fetch(request).catch(() => null), late])
  return answer && answer.status < 500 ? answer : copy
}

async function removed(cache, url) {
  await cache.delete(url.pathname)
  if ((await cache.keys()).length === 0) {
    await caches.delete(CACHE)
    await self.registration.unregister()
  }
  return new Response(REMOVED, { headers: HEADERS })
}
`
}
