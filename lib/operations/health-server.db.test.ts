import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '@/lib/certificates/context'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { serveHealth } from './health-server'
import { metricsText } from './metrics-text'
import { workerReadiness } from './worker-readiness'

let database: { url: string; close(): Promise<void> }
let context: Context
let server: { port: number; close(): void }
let stop: AbortController
const turn: { at: number | null } = { at: null }

beforeAll(async () => {
  database = await openTestDatabase()
  context = aContext(database.url)
  stop = new AbortController()
  const ready = () => workerReadiness(context, { turn, stop: stop.signal })
  const mayReadMetrics = ({ authorization }: { authorization: unknown }) => authorization === 'Bearer figures'
  const metrics = () => metricsText(context)
  server = await serveHealth({ host: '127.0.0.1', port: 0 }, { ready, mayReadMetrics, metrics })
})
afterAll(async () => {
  server.close()
  await context.db.$disconnect()
  await database.close()
})

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
const ready = async () => {
  const answer = await ask('/readyz')
  return [answer.status, (await answer.json()) as { ready: boolean; checks: Record<string, { ok: boolean }> }] as const
}

test('before its first turn a worker is up and not ready', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  expect(await ready()).toMatchObject([503, { checks: { pipeline: { ok: false } } }])
  turn.at = performance.now()
})

test('a process that works is up and ready, and its figures are for whoever may read them', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  expect(await ready()).toMatchObject([
    200,
    { ready: true, checks: { database: { ok: true }, pipeline: { ok: true } } },
  ])
  expect((await ask('/metrics')).status).toBe(401)
  const figures = await ask('/metrics', { headers: { authorization: 'Bearer figures' } })
  expect([figures.status, (await figures.text()).startsWith('# HELP')]).toEqual([200, true])
  expect((await ask('/')).status).toBe(404)
  expect((await ask('/healthz', { method: 'POST' })).status).toBe(405)
})

test('a pipeline that stands still is not ready, and says for how long', async () => {
  turn.at = performance.now() - 60_000
  expect(await ready()).toMatchObject([503, { checks: { pipeline: { ok: false, note: 'stands still for 60 s' } } }])
  turn.at = performance.now()
})

test('without a migration that this version brings along it is not ready', async () => {
  await context.db.$executeRaw`
    update _prisma_migrations set finished_at = null where migration_name = '20261121182000_issuer_keys'`
  expect(await ready()).toMatchObject([503, { checks: { migrations: { ok: false, note: '1 not applied' } } }])
  await context.db.$executeRaw`update _prisma_migrations set finished_at = now() where finished_at is null`
})

test('told to stop it is not ready any more, and still up', async () => {
  stop.abort()
  expect(await ready()).toMatchObject([503, { ready: false, checks: { stopping: { ok: false } } }])
  expect((await ask('/healthz')).status).toBe(200)
})

test('a port that is taken is named with the setting', async () => {
  const again = serveHealth(
    { host: '127.0.0.1', port: server.port },
    { ready: () => Promise.reject(new Error('never')), mayReadMetrics: () => false, metrics: async () => '' },
  )
  await expect(again).rejects.toThrow(`HEALTH_PORT ${server.port} on 127.0.0.1 cannot be opened: EADDRINUSE`)
})
