/** An installation of its own, started by `npm start`'s program as an operator of the machine does. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from '@playwright/test'

/** Where it keeps its data and listens. */
export interface Place {
  dataDir: string
  port: number
}

export interface Started {
  process: ChildProcess
  output(): string
  ended: Promise<number | null>
}

export function start({ dataDir, port }: Place, env: Record<string, string> = {}): Started {
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

export async function startAndWait(place: Place, env: Record<string, string> = {}): Promise<Started> {
  const started = start(place, env)
  void started.ended.then((code) => code && console.error(started.output()))
  await expect.poll(() => started.output(), { timeout: 120_000 }).toContain('Errata is ready')
  return started
}

/** The process of a part as noted in its DATA_DIR; 0 while there is none. */
export function pidOf(part: 'web' | 'worker' | 'database', { dataDir }: Pick<Place, 'dataDir'>): number {
  try {
    if (part === 'database')
      return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    return (JSON.parse(readFileSync(join(dataDir, 'run', `${part}.json`), 'utf8')) as { pid: number }).pid
  } catch {
    return 0 // between two lives
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number }
      server.close(() => resolve(address.port))
    })
  })
}
