/** A database that dies under load: a server of this file's own, and a real kill -9. */
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database, type Statements } from '@/lib/db'
import { startDatabase } from '@/lib/embedded/postgres.mjs'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { refusalOf } from './faults'

let dataDir: string
let server: Awaited<ReturnType<typeof startDatabase>>
let db: Database

beforeEach(async () => {
  dataDir = temporaryFolder('errata-killed-')
  server = await startDatabase({ dataDir })
  db = connect(server.url, 4)
})
afterEach(async () => {
  await db.$disconnect()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** What a caller would be told, with the words of a defect so that a failing test names it. */
const told = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error)?.code ?? `a defect: ${error}`,
  )

const ask = (statements: Statements) => told(statements.$queryRaw`select 1`)

/** Asks until the connection is found broken, and then once more. */
async function askBeyondTheEnd(statements: Statements): Promise<string[]> {
  for (;;) {
    const outcome = await ask(statements)
    if (outcome !== 'done') return [outcome, await ask(statements)]
  }
}

describe('every statement that the death of the database meets is "unavailable", never a defect of ours', () => {
  test('its own backend is killed inside a transaction', async () => {
    let inside: string[] = []
    const whole = db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
      process.kill(row!.pid, 'SIGKILL')
      inside = await askBeyondTheEnd(tx)
    })
    const outcome = await told(whole)
    expect(inside).toEqual(['REGISTRY_UNAVAILABLE', 'REGISTRY_UNAVAILABLE'])
    expect(['done', 'REGISTRY_UNAVAILABLE']).toContain(outcome)
    await expect.poll(() => ask(db), { timeout: 30_000 }).toBe('done')
  })

  test('the whole server is killed while transactions wait, ask and begin', async () => {
    const outcomes = new Set<string>()
    let started = 0
    const caller = async () => {
      let refused = 0
      while (refused < 5) {
        const work = db.$transaction(async (tx) => {
          await tx.$queryRaw`select 1`
          if (++started === 40) process.kill(server.pid, 'SIGKILL')
          await tx.$queryRaw`select 1 from pg_sleep(0.01)`
          await tx.$queryRaw`select 1`
        })
        const outcome = await told(work)
        outcomes.add(outcome)
        if (outcome !== 'done') refused++
      }
    }
    await Promise.all(Array.from({ length: 12 }, caller))
    expect([...outcomes].sort()).toEqual(['REGISTRY_UNAVAILABLE', 'done'])
  })
})
