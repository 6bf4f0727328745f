/** The service worker of the verify page, for devices that were made ready to check without a connection. It shows the kept page, and nothing else. */

/** Where the page stands. Its worker minds this address alone. */
const PAGE = '/verify'

/** What the page asks the worker (by a MessagePort) and what it hears. */
export interface KeepRequest {
  /** Everything of ours that the page has loaded so far, as paths. */
  keep: string[]
}
export type KeepAnswer =
  | { bytes: number }
  /** changed: a newer version of the page is published; its parts are not known yet. full: no room. */
  | { problem: 'unreachable' | 'changed' | 'full' }

/**
 * Its program. The page comes from the network; when that does not answer in time, or is broken, the kept one. Its parts
 * (their names change with their content) come from what is kept, else from the network. What is kept changes in one
 * step: the page is put last, when all of its parts are there, and older parts go after that. Nothing else is answered.
 */
export function verifyWorker(): string {
  return `
const CACHE = 'errata-verify-page'
const PAGE = ${JSON.stringify(PAGE)}
const PATIENCE = 5000
const PART = /\\/(?:parts|_next\\/static)\\/[^"'\\\\\\s()<>&]+/g
const ANYHOW = { ignoreVary: true }
const isPart = (path) => path.startsWith('/parts/') || path.startsWith('/_next/static/')

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (url.pathname === PAGE) event.respondWith(page(request))
  } else if (isPart(url.pathname)) {
    event.respondWith(part(request))
  }
})

self.addEventListener('message', (event) => {
  const [port] = event.ports
  if (!port || !event.data || !Array.isArray(event.data.keep)) return
  event.waitUntil(keep(event.data.keep).then((answer) => port.postMessage(answer), (error) => port.postMessage({ problem: error && error.name === 'QuotaExceededError' ? 'full' : 'unreachable' })))
})

async function page(request) {
  const kept = await (await caches.open(CACHE)).match(PAGE, ANYHOW)
  if (!kept) return fetch(request)
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE))
  const answer = await Promise.race([fetch(request).catch(() => null), late])
  return answer && answer.status < 500 ? answer : kept
}

async function part(request) {
  const kept = await (await caches.open(CACHE)).match(request, ANYHOW)
  return kept || fetch(request)
}

async function keep(loaded) {
  const cache = await caches.open(CACHE)
  const page = await fetch(PAGE, { cache: 'no-store', headers: { accept: 'text/html' } })
  if (!page.ok || page.redirected) return { problem: 'unreachable' }
  const text = await page.clone().text()
  const known = new Set(loaded)
  const scripts = [...text.matchAll(/<script[^>]*\\ssrc="(\\/parts\\/[^"]+)"[^>]*>/g)]
  if (scripts.some(([, source]) => !known.has(source))) return { problem: 'changed' }
  const wanted = new Set([...loaded, ...(text.match(PART) || [])])
  for (const path of wanted) {
    if (!isPart(path)) continue
    let kept = await cache.match(path, ANYHOW)
    if (!kept) {
      kept = await fetch(path)
      if (!kept.ok) {
        if (known.has(path)) return { problem: 'unreachable' }
        continue
      }
      await cache.put(path, kept.clone())
    }
    if (path.includes('.css')) for (const named of (await kept.text()).match(PART) || []) wanted.add(named)
  }
  await cache.put(PAGE, page)
  let bytes = 0
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname === PAGE || wanted.has(pathname)) bytes += (await (await cache.match(request, ANYHOW)).blob()).size
    else await cache.delete(request)
  }
  return { bytes }
}
`
}
