/** Makes this device ready to check without a connection, and keeps it so. Loaded when somebody wants that. */
import { updateList, type KeptList, type ListSource } from '@/lib/verification/update-list'
import { dropKept, keepFact, keptFact, keptListStore, type KeptPage } from './kept'
import type { PageSources } from './sources'
import type { KeepAnswer, KeepRequest } from './verify-worker'

const WORKER = '/verify/worker.js'
const SCOPE = '/verify'
const CACHE = 'errata-verify-page'
/** Over a slow line everything (some four megabytes) takes its time. */
const PATIENCE_MS = 5 * 60_000

export type Step = 'page' | 'keys' | 'list'

/** unsupported: this browser keeps no pages; refused: it does not here (a private window); full: no room; changed: the page is newer than what is loaded. */
export type ReadyProblem =
  'unsupported' | 'refused' | 'full' | 'changed' | 'unreachable' | 'list_missing' | 'list_wrong' | 'list_older'

export type Kept = { page: KeptPage; list: KeptList }

/** Everything that a check needs, kept: the page with all that it may load, keys, trust list, revocation list. `version`: of the page that is open. */
export async function getReady(
  sources: PageSources,
  version: string,
  onStep: (step: Step) => void,
  onProgress: (list: KeptList) => void,
): Promise<Kept | { problem: ReadyProblem }> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis) || !('indexedDB' in globalThis)) {
    return { problem: 'unsupported' }
  }
  try {
    onStep('page')
    const page = await keepPage(version)
    if ('problem' in page) return page
    await keepFact('page', page)
    onStep('keys')
    if (!(await sources.keys(true))) return { problem: 'unreachable' }
    onStep('list')
    const list = await keepList(sources, onProgress)
    if ('problem' in list) return list
    // Asks that nothing of it is thrown away when room gets short. Browsers may say no.
    await navigator.storage?.persist?.().catch(() => false)
    return { page, list }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

/** Brings what is kept up to date: the list, and the page itself when it was loaded in a newer version. */
export async function refresh(
  sources: PageSources,
  version: string,
  onProgress: (list: KeptList) => void,
): Promise<Partial<Kept> & { problem?: ReadyProblem }> {
  try {
    await sources.keys(true)
    const list = await keepList(sources, onProgress)
    const kept = await keptFact('page')
    const page = kept && kept.version !== version ? await keepPage(version) : null
    if (page && !('problem' in page)) await keepFact('page', page)
    return {
      ...('problem' in list ? list : { list }),
      ...(page && !('problem' in page) ? { page } : {}),
    }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

/** Removes everything from this device. */
export async function forget(): Promise<void> {
  await dropKept().catch(() => undefined)
  await caches.delete(CACHE)
  const registration = await navigator.serviceWorker.getRegistration(SCOPE)
  // The worker of holders' copies is none of this page's.
  if (registration && new URL(registration.scope).pathname === SCOPE) await registration.unregister()
}

async function keepPage(version: string): Promise<KeptPage | { problem: ReadyProblem }> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: 'none' })
  // An earlier worker does not know the parts of this page.
  await registration.update()
  await navigator.serviceWorker.ready
  await loadEverything()
  const { installing, waiting, active } = registration
  const answer = await asked((installing ?? waiting ?? active)!, { keep: loadedParts() })
  return 'problem' in answer ? answer : { bytes: answer.bytes, at: Date.now(), version: version }
}

/** All that a scan may need later, which is loaded piece by piece otherwise. */
async function loadEverything(): Promise<void> {
  const [{ loadReader }, { loadPdfReader }] = await Promise.all([
    import('@/components/scan/read-codes'),
    import('@/components/scan/codes-in-pdf'),
    import('@/lib/verification/json-ld'),
    import('@noble/ed25519'),
    import('./checking'),
    import('@/components/scan/codes-in-file'),
  ])
  await Promise.all([loadReader(), loadPdfReader()])
}

function loadedParts(): string[] {
  const paths = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  const scripts = [...document.scripts].filter(({ src }) => src !== '').map(({ src }) => new URL(src))
  const ours = [...paths, ...scripts].filter(({ origin }) => origin === location.origin)
  return [...new Set(ours.map(({ pathname }) => pathname))].filter((path) => /^\/(parts|_next\/static)\//.test(path))
}

function asked(worker: ServiceWorker, request: KeepRequest): Promise<KeepAnswer> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    setTimeout(() => resolve({ problem: 'unreachable' }), PATIENCE_MS)
    port1.onmessage = ({ data }: MessageEvent<KeepAnswer>) => resolve(data)
    worker.postMessage(request, [port2])
  })
}

async function keepList(
  sources: PageSources,
  onProgress: (list: KeptList) => void,
): Promise<KeptList | { problem: ReadyProblem }> {
  const source: ListSource = { page: sources.page, keys: sources.keys, now: () => Date.now(), onProgress }
  const updated = await oneAtATime(() => updateList(keptListStore, source))
  if ('kept' in updated) return updated.kept
  return { problem: updated.problem === 'unreachable' ? 'unreachable' : `list_${updated.problem}` }
}

/** Several windows of this page keep one list. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request('errata-verify-list', work) as Promise<T>) : work()
}

function problemOf(error: unknown): ReadyProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return 'full'
  if (name === 'SecurityError' || name === 'InvalidStateError' || name === 'UnknownError' || name === 'AbortError') {
    return 'refused'
  }
  // A part of the page, or the worker, did not come.
  return 'unreachable'
}
