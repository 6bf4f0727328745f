/** The database killed with kill -9 in the middle of everything: acknowledged means issued once, and everything else can be asked again. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { verifyDatabase } from '@/lib/audit/verify.mjs'
import { liveContext } from '@/lib/certificates/context'
import { ask, aToken, setEnvironment, type Asked } from '../api'
import { aRequest } from '../builders'
import { bundle } from '../bundle'
import { crashTests, until } from '../crash'
import { says } from '../worker-child'
import { ownServer, type OwnServer } from './own-server'
import { halfDone, NOTHING, waiting } from './registry'

const CLIENTS = 6
const ITEMS = 4
/** Each certifies a few people, then corrects them. */
const ROUNDS = 4

let server: OwnServer
let workerFile: string
const crash = crashTests({ live: true, url: () => server.url })

beforeAll(async () => {
  server = await ownServer()
  setEnvironment(server.url)
  workerFile = await bundle('lib/worker.ts')
})
afterAll(async () => {
  await liveContext().db.$disconnect()
  await server.close()
})

test('under load, with a worker in the middle of writing a group: nothing is lost, nothing twice, nothing half', async () => {
  const { db } = liveContext()
  const env = { DATA_DIR: process.env.DATA_DIR!, NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET! }
  const workers = [crash.start(workerFile, { env }), crash.start(workerFile, { env })]
  const token = await aToken()
  await until(async () => (await ask(contract.ready)).body.checks.signingKey.ok)

  const heard: Asked[] = []
  let sent = 0
  let restarted = false
  const client = async (n: number) => {
    for (let round = 0; round < ROUNDS; round++) {
      const items = Array.from({ length: ITEMS }, (_, i) =>
        aRequest({ preEnrollmentCode: `K${n}-${Math.floor(round / 2)}-${i}`, recipient: { name: `Round ${round}` } }),
      )
      const row = round % 2 === 0 ? contract.certify : contract.updateCertificates
      const key = randomUUID()
      // As a source system does that got no answer, or "not now": the same again, under the same key.
      const { answer, acknowledged } = await until(async () => {
        if (sent++ === CLIENTS * 2) await killInTheMiddle()
        const answer = await ask(row, { token, body: items, headers: { 'idempotency-key': key } })
        if (answer.status !== 200) expect([answer.status, answer.body.code]).toEqual([503, 'REGISTRY_UNAVAILABLE'])
        return answer.status === 200 && { answer, acknowledged: answer.body.results }
      })
      heard.push(answer)
      // And again, as one whose answer was lost on the way: nothing is done, the answer is the same.
      const again = await until(async () => {
        const answer = await ask(row, { token, body: items, headers: { 'idempotency-key': key } })
        return answer.status === 200 && answer
      })
      expect(again.body.results).toEqual(acknowledged)
    }
  }
  const killInTheMiddle = async () => {
    for (const child of workers) child.kill('SIGSTOP')
    const doomed = crash.start(workerFile, { env, afterSql: 'insert into certificate' })
    await says(doomed, 'at sql')
    for (const child of workers) child.kill('SIGCONT')
    server.kill()
    await server.restart()
    restarted = true
    await crash.kill(doomed)
  }
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)))
  expect(restarted).toBe(true)

  // The workers of before are still running: they found the database again by themselves.
  await crash.endLeases()
  await until(async () => (await waiting(db)) === 0)
  expect(await halfDone(db)).toEqual(NOTHING)
  const accepted = heard.flatMap(({ body }) => body.results as { transactionId: string; status: string }[])
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 'accepted'))
  const ids = accepted.map(({ transactionId }) => transactionId)
  expect(new Set(ids).size).toBe(CLIENTS * ROUNDS * ITEMS)
  expect(await db.certificate.count({ where: { transactionId: { in: ids } } })).toBe(ids.length)
  expect(await db.certificate.count()).toBe(ids.length)
  expect(await db.transaction.count()).toBe(ids.length)
  for (const child of workers) expect(child.exitCode).toBe(null)

  await until(async () => (await db.statusEntry.count({ where: { listedAt: null } })) === 0)
  const reader = new pg.Client({ connectionString: server.url })
  await reader.connect()
  expect(await verifyDatabase((sql, values) => reader.query(sql, values).then(({ rows }) => rows))).toMatchObject({
    ok: true,
  })
  await reader.end()
})
