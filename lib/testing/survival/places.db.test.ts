/**
 * The real worker killed with kill -9 at the places of its work that have no crash test beside their code, and a program that
 * accepts killed in the middle of it. Where every place of the pipeline is killed at:
 *
 *   accept (web)            here, and lib/testing/survival/database-killed.db.test.ts
 *   claim, sign, write, commit, moves    lib/pipeline.db.test.ts
 *   recalls, re-issues, files, imports   lib/{recalls,reissues,bulk}/crash.db.test.ts, lib/imports/import-registry.db.test.ts
 *   outbox, intake          lib/queue/{relay,intake,cluster}.kafka.test.ts, lib/worker.kafka.test.ts
 *   audit seal              lib/audit/chain.db.test.ts at any moment; here between the seal and its commit
 *   status lists            lib/status-lists/killed.db.test.ts; the revocation list here
 *   key notes, webhooks, signatures for requests    here
 */
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { verifyDatabase } from '@/lib/audit/verify.mjs'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, setEnvironment } from '../api'
import { aRequest } from '../builders'
import { bundle } from '../bundle'
import { crashTests, until } from '../crash'
import { openTestDatabase } from '../database'
import { says } from '../worker-child'
import { halfDone, NOTHING, waiting } from './registry'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let workerFile: string
let acceptFile: string
let token: string
const receivers: Server[] = []
const crash = crashTests({ live: true, url: () => database.url })

beforeAll(async () => {
  database = await openTestDatabase()
  setEnvironment(database.url, { WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8' })
  workerFile = await bundle('lib/worker.ts')
  acceptFile = await bundle('lib/testing/rolling/accept.ts')
  token = await aToken()
})
afterAll(async () => {
  for (const receiver of receivers) {
    receiver.closeAllConnections()
    receiver.close()
  }
  await liveContext().db.$disconnect()
  await database.close()
})

const start = (afterSql?: string) => {
  const { DATA_DIR, NEXTAUTH_SECRET, WEBHOOKS_ALLOW_PRIVATE } = process.env as Record<string, string>
  const env = {
    DATA_DIR: DATA_DIR!,
    NEXTAUTH_SECRET: NEXTAUTH_SECRET!,
    WEBHOOKS_ALLOW_PRIVATE: WEBHOOKS_ALLOW_PRIVATE!,
  }
  return crash.start(workerFile, { env, afterSql })
}

/** Starts a worker, has it do something, kills it after a statement, and starts the next one. */
async function killedAfter(sql: string, work: () => Promise<unknown> = async () => {}): Promise<void> {
  const doomed = start(sql)
  const stands = says(doomed, 'at sql')
  await Promise.all([work(), stands])
  await crash.kill(doomed)
  await crash.endLeases()
  start()
}

const certify = async (preEnrollmentCode: string = randomUUID(), facts = {}) => {
  const { status, body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode, ...facts })] })
  expect(status).toBe(200)
  return body.results[0]
}

test('the keys are noted: each use is in the log once', async () => {
  const { db } = liveContext()
  await killedAfter("'key.' || u.use")
  const notes = () => db.auditEvent.findMany({ where: { action: { startsWith: 'key.' } } })
  await until(async () => (await notes()).length > 0)
  const said = (await notes()).map(({ action, detail }) => `${action} ${(detail as { key: string }).key}`)
  expect(new Set(said).size).toBe(said.length)
})

test('the log is sealed: no line is left out and none is in two seals', async () => {
  await killedAfter('insert into audit_seal', () => certify())
  await until(async () => (await waiting(liveContext().db)) === 0)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const whole = await verifyDatabase((sql, values) => client.query(sql, values).then(({ rows }) => rows))
  expect(whole).toMatchObject({ ok: true })
  await until(async () => {
    const { rows } = await client.query(
      'select sum(count)::int as sealed, (select count(*)::int from audit_event) as lines from audit_seal',
    )
    return rows[0].sealed === rows[0].lines
  })
  await client.end()
})

test('the revocation list is published: it says what the registry says', async () => {
  const { db } = liveContext()
  const code = randomUUID()
  await killedAfter('insert into revocation_page', async () => {
    await certify(code)
    const update = [aRequest({ preEnrollmentCode: code, recipient: { name: 'Replaced' } })]
    expect((await ask(contract.updateCertificates, { token, body: update })).status).toBe(200)
  })
  await until(async () => (await waiting(db)) === 0)
  await until(async () => {
    const pages = await db.revocationPage.findMany()
    return pages.reduce((sum, { entries }) => sum + entries, 0) === (await db.statusEntry.count())
  })
  const positions = (await db.statusEntry.findMany({ orderBy: { position: 'asc' } })).map(({ position }) => position)
  expect(positions).toEqual(positions.map((_, n) => n + 1))
})

test('a message is sent: it arrives, under the same id when it arrives again', async () => {
  const { db } = liveContext()
  const got: string[] = []
  let arrived = () => {}
  const first = new Promise<void>((resolve) => (arrived = resolve))
  const receiver = createServer((request, response) => {
    got.push(String(request.headers['webhook-id']))
    arrived()
    // The first one is never answered: its worker dies over it.
    if (got.length > 1) response.writeHead(204).end()
  })
  receivers.push(receiver)
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const own = await aToken()
  const { id: clientId } = await db.apiClient.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const added = await ask(contract.addWebhook, {
    cookie: await cookieOf(await anOperator({ roles: ['administrator'] })),
    headers: { 'sec-fetch-site': 'same-origin' },
    params: { clientId },
    body: { url, events: ['certificate.issued'] },
  })
  expect(added.status).toBe(200)
  const doomed = start()
  const body = [aRequest({ preEnrollmentCode: randomUUID() })]
  expect((await ask(contract.certify, { token: own, body })).status).toBe(200)
  await first
  await crash.kill(doomed)
  // Leases end by the database's clock; a test does not wait a minute for it.
  await db.$executeRaw`update webhook_delivery set lease_until = now() - interval '1 second' where lease_until is not null`
  start()
  await until(async () => (await db.webhookDelivery.count({ where: { state: 'delivered' } })) === 1)
  expect(got).toEqual([got[0], got[0]])
  await db.webhook.deleteMany()
})

test('a signature for a request is made: the next worker makes it, and nothing of it is left behind', async () => {
  const { db } = liveContext()
  const keys = start()
  await until(async () => (await ask(contract.ready)).body.checks.signingKey.ok)
  await crash.kill(keys)
  let answered: Awaited<ReturnType<typeof ask>> | undefined
  await killedAfter('update signing_job j', async () => {
    void ask(contract.issueCredential, { token, body: { credential: CREDENTIAL } }).then(
      (answer) => (answered = answer),
    )
  })
  await until(async () => answered)
  expect([answered!.status, answered!.body.verifiableCredential?.proof !== undefined]).toEqual([201, true])
  expect(await db.signingJob.count()).toBe(0)
})

test('a request is accepted: killed before the commit nothing of it is there, and the same can be asked again', async () => {
  const { db } = liveContext()
  const doomed = crash.start(acceptFile, { args: ['doomed'], afterSql: 'insert into transaction' })
  await says(doomed, 'at sql')
  await crash.kill(doomed)
  const traces = { where: { preEnrollmentCode: { startsWith: 'doomed-' } } }
  expect(await db.lineage.count(traces)).toBe(0)
  expect(await db.idempotencyKey.count({ where: { callerId: 'rolling-doomed' } })).toBe(0)
  expect(await certify('doomed-0')).toMatchObject({ status: 'accepted' })
  start()
  await until(async () => (await waiting(db)) === 0)
  expect(await halfDone(db)).toEqual(NOTHING)
})

const CREDENTIAL = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:example:anybody',
  credentialSubject: { id: 'did:example:somebody' },
}
