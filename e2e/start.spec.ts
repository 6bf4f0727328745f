/** `npm start` as an operator of the machine meets it: killed, started twice, started again. On the production build. */
import { chmodSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { anItem } from './journey'
import { freePort, pidOf, start, startAndWait, type Started } from './started'

test.describe.configure({ mode: 'serial' })

let dataDir: string
let port: number
let token: string
let running: Started | undefined
const place = () => ({ dataDir, port })

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'errata-start-'))
  chmodSync(dataDir, 0o755)
  port = await freePort()
})

test.afterAll(async () => {
  running?.process.kill('SIGTERM')
  await running?.ended
  rmSync(dataDir, { recursive: true, force: true })
})

test('a first start shows the address, the first sign-in and the API token, once', async () => {
  running = await startAndWait(place())
  expect(running.output()).toContain(`http://localhost:${port}`)
  expect(running.output()).toMatch(/Sign in +admin +password \S+/)
  token = /API token +(errata_\S+)/.exec(running.output())![1]!
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
})

test('a second start beside it is refused and says why; the first goes on', async () => {
  const second = start(place())
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Another start (process ${running!.process.pid}) is running`)
  const elsewhere = start(place(), { DATA_DIR: join(dataDir, 'other') })
  expect(await elsewhere.ended).toBe(1)
  expect(elsewhere.output()).toContain(
    `Port ${port} on 127.0.0.1 is in use by another program. Choose another one with PORT`,
  )
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
})

test('after kill -9 the next start takes the same database over and shows no secret again', async () => {
  const server = pidOf('database', place())
  running!.process.kill('SIGKILL')
  await running!.ended
  running = await startAndWait(place())
  expect(pidOf('database', place())).toBe(server)
  expect(running.output()).not.toMatch(/password|API token/)
  expect(running.output()).not.toContain('Building')
})

for (const part of ['web', 'worker', 'database'] as const) {
  test(`kill -9 of the ${part}: all heals by itself, and what was accepted before is issued`, async () => {
    test.setTimeout(120_000)
    const before = pidOf(part, place())
    const worker = pidOf('worker', place())
    // The worker stands still, so that nothing can have been issued when the part is lost.
    process.kill(worker, 'SIGSTOP')
    const accepted = await accept(20)
    process.kill(before, 'SIGKILL')
    if (part !== 'worker') process.kill(worker, 'SIGCONT')
    await expect.poll(() => stateOf(accepted), { timeout: 60_000 }).toEqual(accepted.map(() => 'issued'))
    expect(pidOf(part, place())).not.toBe(before)
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    const [after] = await accept(1)
    await expect.poll(() => stateOf([after!])).toEqual(['issued'])
    expect(running!.process.exitCode).toBe(null)
  })
}

test('a web server that cannot come up again is given up with a sentence, and everything ends in order', async () => {
  test.setTimeout(120_000)
  process.kill(pidOf('web', place()), 'SIGKILL')
  const other = await listen()
  expect(await running!.ended).toBe(1)
  expect(running!.output()).toContain('The web server ended 5 times in a row')
  expect(processesOf(dataDir)).toEqual([])
  await new Promise((resolve) => other.close(resolve))
  running = await startAndWait(place())
})

test('a database that cannot come up again is given up with its reason, and everything ends in order', async () => {
  test.setTimeout(120_000)
  const [control, away] = ['pg_control', 'pg_control.away'].map((name) => join(dataDir, 'postgres', 'global', name))
  renameSync(control!, away!)
  process.kill(pidOf('database', place()), 'SIGKILL')
  expect(await running!.ended).toBe(1)
  expect(running!.output()).toMatch(/The database did not start: .*postgres\.log.*the 5th time in a row/)
  expect(processesOf(dataDir)).toEqual([])
  renameSync(away!, control!)
  running = await startAndWait(place())
})

test('SIGTERM ends everything and exits with 0', async () => {
  running!.process.kill('SIGTERM')
  expect(await running!.ended).toBe(0)
  expect(processesOf(dataDir)).toEqual([])
  running = undefined
})

test('a setting that is wrong at a later start ends it by its name before anything runs', async () => {
  const wrong = start(place(), { RATE_LIMIT_PER_MINUTE: 'abc' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toMatch(/These settings are wrong:\n {2}RATE_LIMIT_PER_MINUTE: /)
  expect(wrong.output()).not.toContain('Starting the database')
})

test('a wrong PORT is named', async () => {
  const wrong = start(place(), { PORT: '99999' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('PORT has to be a number from 1 to 65535')
})

/** Requests certificates; answers with the transactions, accepted and so not to be lost. */
async function accept(count: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/v3/certify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(Array.from({ length: count }, () => anItem())),
  })
  expect(answer.status).toBe(200)
  const { results } = (await answer.json()) as { results: { transactionId: string }[] }
  return results.map((result) => result.transactionId)
}

/** The state of each transaction; the fault where there is no answer. */
function stateOf(transactions: string[]): Promise<string[]> {
  const headers = { authorization: `Bearer ${token}` }
  return Promise.all(
    transactions.map(async (id) => {
      const answer = await fetch(`http://127.0.0.1:${port}/v3/transactions/${id}`, { headers }).catch(() => null)
      return answer?.ok ? ((await answer.json()) as { state: string }).state : `${answer?.status ?? 'no answer'}`
    }),
  )
}

/** Takes the port as soon as it is free. */
async function listen(): Promise<Server> {
  for (;;) {
    const server = createServer()
    const open = await new Promise((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (open) return server
  }
}

/** Processes that name the folder in their command line or environment, or work in it. Linux only. */
function processesOf(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid && mentions(name, folder),
  )
}

function mentions(pid: string, folder: string): boolean {
  try {
    return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(folder))
  } catch {
    return false // ended meanwhile
  }
}
