/** Warm child processes that render pages; one that hangs or dies is killed and replaced, and never takes the caller along. */
import { fork, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { Refusal } from '@/lib/errors'
import { loopWatch } from './busy-loop'

export interface PoolSettings {
  workers: number
  /** Longest time for one page, in milliseconds, from the moment a child has it; a child's first may take four times as long. */
  deadlineMs: number
  engine?: 'native' | 'wasm'
  /** Folder with certificate.typ, relative to the repository root. */
  folder: string
  /** Resident bytes above which a child is replaced between two pages; without it 300 MB, and more for WebAssembly. */
  memoryLimit?: number
  /** Whether our own event loop has a processor's work to do; without it the loop itself is asked. */
  isLoopBusy?: () => boolean
}

/** A page's PDF, its picture (SVG; null where the engine cannot draw), or what Typst refused. */
export type TypstAnswer = { pdf: Uint8Array } | { picture: string | null } | { refused: string }

/** What sets a page: its own files, and nothing else can be read. A child keeps the last ones it was given, by their key. */
export interface Template {
  key: string
  files: ReadonlyMap<string, Uint8Array>
  /** The file that sets the page. */
  main: string
}

export interface TypstPool {
  /**
   * Renders one page with a file of the pool's folder, or with files of its own. Refusal RENDERER_UNAVAILABLE on deadline,
   * crash or overload.
   */
  run(page: object, form?: 'pdf' | 'picture', main?: string | Template): Promise<TypstAnswer>
  /** Process ids of the children, for tests and health. */
  pids(): number[]
  close(): Promise<void>
}

interface Job {
  page: object
  attempts: number
  form: 'pdf' | 'picture'
  main: string
  template?: Template
  resolve: (answer: TypstAnswer) => void
  reject: (error: Error) => void
}

interface Child {
  process: ChildProcess
  ready: boolean
  /** It has set a page: fonts are read and the template is compiled. */
  warm: boolean
  memoryLimit: number
  /** Key of the files it works with; undefined = those of its folder. */
  template?: string
  job?: Job
  /** When it was given its job, by the monotonic clock. */
  since?: number
  timer?: NodeJS.Timeout
  /** Why we killed it; a child that ends without a reason has crashed. */
  ended?: 'deadline' | 'full' | 'closed'
}

/** A start reads the fonts and, for WebAssembly, compiles the engine. Ended on a busy machine, the next would have as little time. */
const START_DEADLINE_MS = 60_000
/** The first page compiles the template as well. */
const FIRST_PAGE_TAKES = 4
/** Typst's memory grows with every page: above this a child is replaced between two pages. */
const MEMORY_LIMIT = 300e6
/** WebAssembly starts near the limit, so a child may always grow by this much. */
const MEMORY_GROWTH = 150e6
const LONGEST_QUEUE = 500
const RETRY_AFTER_SECONDS = 5
/** A page that takes longer holds up no other. */
const LONG_PAGE_MS = 1000
const LOOK_AGAIN_MS = 100

/**
 * A pool whose children start with the first page and stay until `close()`; idle ones do not keep the process alive. While our
 * own event loop is busy one fewer sets pages at a time: pages come no slower then, and everything else is answered sooner.
 */
export function createTypstPool(settings: PoolSettings): TypstPool {
  const children = new Set<Child>()
  const queue: Job[] = []
  const isLoopBusy = settings.isLoopBusy ?? loopWatch()
  let closed = false
  let lookAgain: NodeJS.Timeout | undefined

  function dispatch() {
    const most = Math.max(1, settings.workers - (isLoopBusy() ? 1 : 0))
    for (const child of children) {
      if (child.ready && !child.job && queue.length > 0 && atWork() < most) give(child, queue.shift()!)
    }
    const starting = [...children].filter((child) => !child.ready).length
    if (queue.length > starting && children.size < settings.workers) {
      start()
      dispatch()
    } else if (queue.length > 0 && most < settings.workers) {
      clearTimeout(lookAgain)
      lookAgain = setTimeout(dispatch, LOOK_AGAIN_MS)
    }
  }

  function atWork(): number {
    const long = performance.now() - LONG_PAGE_MS
    return [...children].filter((child) => child.job && child.since! > long).length
  }

  function start() {
    const child: Child = { process: forkChild(settings), ready: false, warm: false, memoryLimit: MEMORY_LIMIT }
    children.add(child)
    hold(child, true)
    child.timer = setTimeout(() => end(child, 'deadline'), START_DEADLINE_MS)
    child.process.on('message', (message: ChildMessage) => receive(child, message))
    child.process.on('error', () => (child.process.pid === undefined ? bury(child) : child.process.kill('SIGKILL')))
    child.process.on('exit', () => bury(child))
  }

  function receive(child: Child, message: ChildMessage) {
    clearTimeout(child.timer)
    if (child.ended) return
    if ('ready' in message) {
      child.ready = true
      child.memoryLimit = settings.memoryLimit ?? Math.max(MEMORY_LIMIT, message.rss + MEMORY_GROWTH)
    } else {
      child.warm = true
      child.job?.resolve(message)
      child.job = undefined
      if (message.rss > child.memoryLimit) replace(child)
    }
    hold(child, false)
    dispatch()
  }

  function give(child: Child, job: Job) {
    child.job = job
    child.since = performance.now()
    job.attempts += 1
    hold(child, true)
    const longest = settings.deadlineMs * (child.warm ? 1 : FIRST_PAGE_TAKES)
    child.timer = setTimeout(() => end(child, 'deadline'), longest)
    // A failed send means the child is gone; its exit event deals with the job.
    const { page, form, main, template } = job
    const files = template?.key === child.template ? {} : { files: template ? [...template.files] : null }
    child.template = template?.key
    child.process.send({ page, form, main, ...files }, () => undefined)
  }

  function replace(child: Child) {
    end(child, 'full')
    children.delete(child)
    start()
  }

  function bury(child: Child) {
    clearTimeout(child.timer)
    children.delete(child)
    const job = child.job ?? startFailed(child)
    child.job = undefined
    if (job && !closed && !child.ended && job.attempts < 2) queue.unshift(job)
    else job?.reject(unavailable())
    if (!closed) dispatch()
  }

  /** A child that never became ready counts as an attempt at the oldest page, so that a broken installation is reported. */
  function startFailed(child: Child): Job | undefined {
    const job = child.ready ? undefined : queue.shift()
    if (job) job.attempts += 1
    return job
  }

  return {
    run(page, form = 'pdf', main = 'certificate.typ') {
      if (closed || queue.length >= LONGEST_QUEUE) return Promise.reject(unavailable())
      const own = typeof main === 'string' ? { main } : { main: main.main, template: main }
      return new Promise((resolve, reject) => {
        queue.push({ page, form, ...own, attempts: 0, resolve, reject })
        dispatch()
      })
    },
    pids: () => [...children].flatMap((child) => child.process.pid ?? []),
    async close() {
      closed = true
      clearTimeout(lookAgain)
      for (const job of queue.splice(0)) job.reject(unavailable())
      await Promise.all([...children].map((child) => endAndWait(child)))
    },
  }
}

type ChildMessage = { ready: string; rss: number } | ({ rss: number } & TypstAnswer)

/**
 * The child gets no environment: neither our secrets nor a place or proxy from which Typst could fetch packages.
 * Its script is found on disk, below the working directory; the web process's bundler must not look for it.
 */
function forkChild(settings: PoolSettings): ChildProcess {
  const root = join(/* turbopackIgnore: true */ process.cwd())
  const script = join(root, 'lib', 'rendering', 'typst-child.mjs')
  const nowhere = 'http://127.0.0.1:9'
  return fork(
    /* turbopackIgnore: true */ script,
    [resolve(root, settings.folder), settings.engine ?? '', String(process.pid)],
    {
      cwd: root,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { NODE_ENV: 'production', HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere, ALL_PROXY: nowhere },
    },
  )
}

/** Lets our process end while the child is idle, and keeps it while a page is under way. */
function hold(child: Child, busy: boolean) {
  const change = busy ? 'ref' : 'unref'
  child.process[change]()
  child.process.channel?.[change]()
}

function end(child: Child, reason: NonNullable<Child['ended']>) {
  child.ended = reason
  child.process.kill('SIGKILL')
}

function endAndWait(child: Child): Promise<void> {
  hold(child, true)
  return new Promise((resolve) => {
    child.process.once('exit', () => resolve())
    end(child, 'closed')
  })
}

function unavailable(): Refusal {
  const message = 'The certificate cannot be drawn now. Nothing was changed; try again in a moment.'
  return new Refusal('RENDERER_UNAVAILABLE', message, [], RETRY_AFTER_SECONDS)
}
