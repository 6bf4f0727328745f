/** `npm start` as an operator of the machine meets it: killed, started twice, started again. On the production build. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

test.describe.configure({ mode: 'serial' })

let dataDir: string
let port: number
let running: Started | undefined

interface Started {
  process: ChildProcess
  output(): string
  ended: Promise<number | null>
}

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
  running = await startAndWait()
  expect(running.output()).toContain(`http://localhost:${port}`)
  expect(running.output()).toMatch(/Sign in +admin +password \S+/)
  expect(running.output()).toMatch(/API token +errata_\S+/)
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
})

test('a second start beside it is refused and says why; the first goes on', async () => {
  const second = start()
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Another start (process ${running!.process.pid}) is running`)
  const elsewhere = start({ DATA_DIR: join(dataDir, 'other') })
  expect(await elsewhere.ended).toBe(1)
  expect(elsewhere.output()).toContain(
    `Port ${port} on 127.0.0.1 is in use by another program. Choose another one with PORT`,
  )
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
})

test('after kill -9 the next start takes the same database over and shows no secret again', async () => {
  const server = databaseProcess()
  running!.process.kill('SIGKILL')
  await running!.ended
  running = await startAndWait()
  expect(databaseProcess()).toBe(server)
  expect(running.output()).not.toMatch(/password|API token/)
  expect(running.output()).not.toContain('Building')
})

test('SIGTERM ends everything and exits with 0', async () => {
  running!.process.kill('SIGTERM')
  expect(await running!.ended).toBe(0)
  expect(processesOf(dataDir)).toEqual([])
  running = undefined
})

test('a wrong PORT is named', async () => {
  const wrong = start({ PORT: '99999' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('PORT has to be a number from 1 to 65535')
})

function start(env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['lib/start.mjs'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      SEED: 'off',
      DATABASE_URL: '',
      ...env,
    },
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  // "exit", not "close": after kill -9 the children hold the pipes a moment longer.
  return { process: child, output: () => said, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

async function startAndWait(): Promise<Started> {
  const started = start()
  void started.ended.then((code) => code && console.error(started.output()))
  await expect.poll(() => started.output(), { timeout: 120_000 }).toContain('Errata is ready')
  return started
}

function databaseProcess(): string {
  return readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number }
      server.close(() => resolve(address.port))
    })
  })
}
