/** Starts the product for the journeys as a person would: `node lib/start.mjs`, with a database of its own, and ends it. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Playwright's workers read this file again: what the first reading chose is handed on in the environment. */
const PORT = (process.env.E2E_PORT ??= String(await freePort()))

/** Where the product is. With E2E_ADDRESS set, one that runs already (with the operator and token below) is used. */
export const ADDRESS = process.env.E2E_ADDRESS ?? `http://localhost:${PORT}`
export const OPERATOR = { username: 'asha', password: 'correct horse battery' }
export const TOKEN = 'errata-journeys-token-0123456789abcdef'
export const TIME_ZONE = 'Asia/Colombo'

/** Playwright's global setup: answers with what undoes it. */
export default async function startProduct(): Promise<() => Promise<void>> {
  if (process.env.E2E_ADDRESS) return async () => {}
  const dataDir = mkdtempSync(join(tmpdir(), 'errata-journeys-'))
  // The database may run as another user, who has to reach its folder.
  chmodSync(dataDir, 0o755)
  const child = spawn(process.execPath, ['lib/start.mjs'], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT,
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      PUBLIC_URL: ADDRESS,
      BOOTSTRAP_OPERATOR: `${OPERATOR.username}:${OPERATOR.password}`,
      BOOTSTRAP_API_TOKEN: TOKEN,
      ISSUER_TIME_ZONE: TIME_ZONE,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await ready(() => child.exitCode !== null)
  } catch (error) {
    await stop()
    throw new Error(`The product did not start:\n${said}`, { cause: error })
  }
  return stop
}

async function ready(ended: () => boolean): Promise<void> {
  const until = Date.now() + 10 * 60_000
  while (Date.now() < until && !ended()) {
    const answer = await fetch(`${ADDRESS}/readyz`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(ended() ? 'it ended' : 'it took too long')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
