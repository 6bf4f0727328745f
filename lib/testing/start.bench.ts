/**
 * `npm run bench start`: from `npm start` to the first page, in a checkout that was built before, five times. With `--first`
 * (minutes) also the very first start, in a copy of this checkout without packages, builds and data.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { waitForLock } from '../embedded/lock.mjs'
import { root } from '../start/bundle.mjs'
import { printTable } from './measure'
import { temporaryFolder } from './temporary-folder'

const TIMES = 5
const PORT = '3471'
const ADDRESS = `http://localhost:${PORT}`
const BUDGET_SECONDS = 4

interface Start {
  page: number
  ready: number
  /** Seconds of each step, in their order. */
  steps: Map<string, number>
}

const folder = temporaryFolder('errata-start-')
const rows: string[][] = []
let median = Infinity
try {
  if (process.argv.includes('--first')) rows.push(...table('the first start', [await first()]))
  const data = join(folder, 'data')
  await started(root, data) // makes the database and the example certificates
  const starts: Start[] = []
  for (let n = 0; n < TIMES; n++) starts.push(await started(root, data))
  rows.push(...table(`a later start, median of ${TIMES}`, starts))
  median = middle(starts.map(({ page }) => page))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
printTable(['start', 'step', 'seconds'], rows)
process.exit(median < BUDGET_SECONDS ? 0 : 1)

/** What git knows of this checkout, as it is now. */
async function first(): Promise<Start> {
  const copy = join(folder, 'checkout')
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    await cp(join(root, file), join(copy, file))
  }
  const start = await started(copy, join(folder, 'first'))
  rmSync(copy, { recursive: true, force: true })
  return start
}

async function started(checkout: string, dataDir: string): Promise<Start> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const child = spawn('npm', ['start'], {
    cwd: checkout,
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', HOST: '127.0.0.1', PORT, PUBLIC_URL: ADDRESS },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  try {
    await until(child, async () => (await fetch(`${ADDRESS}/sign-in`).catch(() => null))?.status === 200)
    const page = seconds()
    await until(child, () => said.includes('Stop with Ctrl+C'))
    const ready = seconds()
    const lines = [...said.matchAll(/^ +(\d+\.\d) s {2}(.+)$/gm)]
    return { page, ready, steps: new Map(lines.map(([, time, label]) => [label!, Number(time)])) }
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    // npm may be gone before the start below it has taken everything down.
    ;(await waitForLock(join(dataDir, 'start.lock'), 60_000)).release()
  }
}

async function until(child: ChildProcess, isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function table(what: string, starts: Start[]): string[][] {
  const labels = [...starts[0]!.steps.keys()]
  const of = (label: string) => middle(starts.map(({ steps }) => steps.get(label) ?? 0)).toFixed(1)
  return [
    ...labels.map((label) => [what, label, of(label)]),
    [what, 'from `npm start` to the first page', middle(starts.map(({ page }) => page)).toFixed(1)],
    [what, 'from `npm start` until everything is ready', middle(starts.map(({ ready }) => ready)).toFixed(1)],
  ]
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
