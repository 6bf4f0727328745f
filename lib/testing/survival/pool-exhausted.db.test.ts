/** Every connection taken, ours or all that the server has: requests are told to come again, workers go on, and then everything does. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '../builders'
import { ask, aToken, setEnvironment } from '../api'
import { bundle } from '../bundle'
import { crashTests, until } from '../crash'
import { ownServer, type OwnServer } from './own-server'
import { halfDone, NOTHING, waiting } from './registry'

const POOL = 5
const SERVER_HAS = 40
/** Longer than anybody who asks is kept waiting, with room for a slow machine. */
const BOUND_MS = 20_000

let server: OwnServer
let token: string
const crash = crashTests({ live: true, url: () => server.url })

beforeAll(async () => {
  server = await ownServer({ settings: { max_connections: String(SERVER_HAS) } })
  setEnvironment(server.url, { DATABASE_POOL_SIZE: String(POOL) })
  token = await aToken()
})
afterAll(async () => {
  await liveContext().db.$disconnect()
  await server.close()
})

const certify = (code: string) =>
  ask(contract.certify, {
    token,
    body: [aRequest({ preEnrollmentCode: `${code}a` }), aRequest({ preEnrollmentCode: `${code}b` })],
  })

async function realWorker(): Promise<void> {
  const env = { DATA_DIR: process.env.DATA_DIR!, NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET! }
  crash.start(await bundle('lib/worker.ts'), { env })
  await until(async () => (await ask(contract.ready)).body.checks.worker.ok)
}

/** Asks for several at once: what each was told, all of it within the bound. */
async function told(prefix: string): Promise<{ status: number; code?: string; again: boolean }[]> {
  const began = performance.now()
  const answers = await Promise.all(Array.from({ length: 2 * POOL }, (_, n) => certify(`${prefix}${n}`)))
  expect(performance.now() - began).toBeLessThan(BOUND_MS)
  return answers.map(({ status, body, headers }) => {
    return { status, code: body.code, again: Number(headers.get('retry-after')) > 0 }
  })
}

const UNAVAILABLE = Array.from({ length: 2 * POOL }, () => ({
  status: 503,
  code: 'REGISTRY_UNAVAILABLE',
  again: true,
}))

/** Connections of nobody's, which take every place that the server has. */
async function takeAll(): Promise<{ giveBack(): Promise<unknown> }> {
  const taken: pg.Client[] = []
  const cut =
    'select pg_terminate_backend(pid) from pg_stat_activity where datname is not null and pid <> all($1::int[])'
  // Who was cut keeps the place a moment longer.
  while (taken.length < SERVER_HAS) {
    const client = new pg.Client({ connectionString: server.url })
    client.on('error', () => {})
    try {
      await client.connect()
      taken.push(client)
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' })
      const own = taken.map((one) => (one as pg.Client & { processID: number }).processID)
      await taken[0]!.query(cut, [own])
    }
  }
  return { giveBack: () => Promise.all(taken.map((one) => one.end())) }
}

async function goesOn(code: string): Promise<void> {
  const { db } = liveContext()
  await until(async () => (await certify(code)).status === 200)
  await until(async () => (await waiting(db)) === 0)
  expect(await halfDone(db)).toEqual(NOTHING)
  await until(async () => (await ask(contract.ready)).body.checks.database.ok)
}

describe('no connection is free', () => {
  test('all of this process are held by long transactions: 503 in time, a worker goes on, and afterwards everything does', async () => {
    await realWorker()
    const { db } = liveContext()
    expect((await certify('before')).status).toBe(200)
    let letGo = () => {}
    const over = new Promise<void>((resolve) => (letGo = resolve))
    let held = 0
    const holders = Array.from({ length: POOL }, () =>
      db.$transaction(
        async (tx) => {
          await tx.$queryRaw`select 1`
          held++
          await over
        },
        { timeout: 60_000 },
      ),
    )
    await until(async () => held === POOL)
    const [answers, { status, body }] = await Promise.all([told('held'), ask(contract.ready)])
    expect(answers).toEqual(UNAVAILABLE)
    expect([status, body.checks.database.ok]).toEqual([503, false])
    expect((await ask(contract.health)).status).toBe(200)
    // What was accepted before is issued meanwhile: a worker's connections are its own.
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await until(async () => (await client.query("select 1 from transaction where state = 'pending'")).rowCount === 0)
    expect((await client.query("select 1 from lineage where pre_enrollment_code like 'held%'")).rowCount).toBe(0)
    await client.end()
    letGo()
    await Promise.all(holders)
    await goesOn('after')
  })

  test('all of the server are taken by somebody else: 503 in time, and everything goes on when they are given back', async () => {
    await realWorker()
    const { db } = liveContext()
    const others = await takeAll()
    try {
      expect(await told('full')).toEqual(UNAVAILABLE)
      expect((await ask(contract.ready)).body.checks.database.ok).toBe(false)
    } finally {
      await others.giveBack()
    }
    await goesOn('given-back')
    expect(await db.lineage.count({ where: { preEnrollmentCode: { startsWith: 'full' } } })).toBe(0)
  })
})
