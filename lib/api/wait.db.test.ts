/** Prefer: wait, with the worker's own loop issuing beside it. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { GET as TRANSACTION } from '@/app/v3/transactions/[transactionId]/route'
import { liveContext } from '@/lib/certificates/context'
import { endWaiting, waitUntilEnded } from '@/lib/certificates/wait'
import { runPipeline } from '@/lib/pipeline'
import { anIssuer, aRequest } from '@/lib/testing/builders'
import { ask, aToken, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
afterAll(() => api.close())

/** A worker until the test is over. */
async function aWorker(): Promise<void> {
  const stop = new AbortController()
  const running = runPipeline(await anIssuer(liveContext()), stop.signal)
  stops.push(async () => {
    stop.abort()
    await running
  })
}
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const code = () => `WAIT-${randomUUID()}`
const wait = (seconds: number) => ({ prefer: `wait=${seconds}` })
const certify = (items: unknown[], headers: Record<string, string> = {}) =>
  ask(contract.certify, { token, body: items, headers })

describe('a caller who prefers to wait', () => {
  test('hears of a whole array when everything is issued, of an update too', async () => {
    await aWorker()
    const items = Array.from({ length: 20 }, () => aRequest({ preEnrollmentCode: code() }))
    const { status, headers, body } = await certify(items, wait(30))
    expect(status).toBe(200)
    expect(headers.get('preference-applied')).toBe('wait')
    expect(new Set(body.results.map(({ state }: { state: string }) => state))).toEqual(new Set(['issued']))
    const changed = items.slice(0, 2).map((item) => ({ ...item, facility: { name: 'Another' } }))
    const updated = await ask(contract.updateCertificates, { token, body: changed, headers: wait(30) })
    expect(updated.body.results).toMatchObject([{ state: 'issued' }, { state: 'issued' }])
    const { certificateId } = updated.body.results[0]
    expect((await ask(contract.certificate, { token, params: { certificateId } })).body.state).toBe('current')
  })

  test('hears "pending" when the time is over first; nothing is lost', async () => {
    const { status, headers, body } = await certify([aRequest({ preEnrollmentCode: code() })], wait(1))
    expect([status, headers.get('preference-applied'), body.results[0].state]).toEqual([200, 'wait', 'pending'])
    const { transactionId } = body.results[0]
    await issueWaiting()
    const later = await ask(contract.transaction, { token, params: { transactionId }, headers: wait(30) })
    expect(later.body.state).toBe('issued')
    expect(later.headers.get('preference-applied')).toBe('wait')
  })

  test('hears why an item failed', async () => {
    const { body } = await certify([aRequest({ preEnrollmentCode: code() })])
    const { transactionId } = body.results[0]
    const asked = ask(contract.transaction, { token, params: { transactionId }, headers: wait(30) })
    const failure = { failureCode: 'TOO_LARGE_FOR_QR', failureMessage: 'Too much text' }
    await liveContext().db.transaction.update({ where: { id: transactionId }, data: { state: 'failed', ...failure } })
    expect((await asked).body).toMatchObject({ state: 'failed', failure: { code: 'TOO_LARGE_FOR_QR' } })
    const again = await certify([aRequest({ preEnrollmentCode: code() })], { 'idempotency-key': 'failed-one' })
    const id = again.body.results[0].transactionId
    await liveContext().db.transaction.update({ where: { id }, data: { state: 'failed', ...failure } })
    const item = { preEnrollmentCode: again.body.results[0].preEnrollmentCode }
    const repeated = await certify([aRequest(item)], { 'idempotency-key': 'failed-one', ...wait(5) })
    expect(repeated.body.results[0]).toMatchObject({
      state: 'failed',
      failure: { code: 'TOO_LARGE_FOR_QR', message: 'Too much text' },
    })
  })

  test('hears at once of what is issued already, and of a dry run', async () => {
    const item = aRequest({ preEnrollmentCode: code() })
    await certify([item])
    await issueWaiting()
    const again = await certify([item], wait(30))
    expect(again.body.results[0]).toMatchObject({ status: 'already_certified', state: 'issued' })
    const dry = await ask(contract.certify, {
      token,
      query: { dryRun: 'true' },
      body: [aRequest({ preEnrollmentCode: code() })],
      headers: wait(30),
    })
    expect(dry.body.results[0].state).toBeUndefined()
  })

  test('hears every refusal at once', async () => {
    const refused = await certify([aRequest({ recipient: { dob: 'soon' } })], wait(30))
    expect([refused.status, refused.headers.get('preference-applied')]).toEqual([400, null])
  })
})

test.each(['wait=soon', 'wait', 'respond-async', 'wait=-3'])('"Prefer: %s" is passed over', async (prefer) => {
  const { status, headers, body } = await certify([aRequest({ preEnrollmentCode: code() })], { prefer })
  expect([status, headers.get('preference-applied'), body.results[0].state]).toEqual([200, null, undefined])
})

describe('waiting', () => {
  const someId = () => randomUUID()
  const alive = () => new AbortController().signal

  /** Signals of many who leave together. */
  function aCrowd() {
    const all: AbortController[] = []
    return {
      signal: () => all[all.push(new AbortController()) - 1]!.signal,
      leave: () => all.forEach((one) => one.abort()),
    }
  }

  test('ends when the caller leaves', async () => {
    const { body } = await certify([aRequest({ preEnrollmentCode: code() })])
    const { transactionId } = body.results[0]
    const gone = new AbortController()
    const asked = TRANSACTION(
      new Request(`${ORIGIN}/v3/transactions/${transactionId}`, {
        headers: { authorization: `Bearer ${token}`, ...wait(30) },
        signal: gone.signal,
      }),
    )
    setTimeout(() => gone.abort(), 50)
    expect(await (await asked).json()).toMatchObject({ state: 'pending' })
  })

  test('has so many places, and so many for one caller; whoever finds none goes on without waiting', async () => {
    const { db } = liveContext()
    const everybody = aCrowd()
    const waitAs = (callerId: string) =>
      waitUntilEnded(db, [someId()], { callerId, seconds: 30, signal: everybody.signal() })
    const busy = Array.from({ length: 50 }, () => waitAs('busy'))
    expect(await waitAs('busy')).toBeNull()
    const others = Array.from({ length: 450 }, (_, n) => waitAs(`caller ${n % 90}`))
    expect(await waitAs('late')).toBeNull()
    expect(await waitUntilEnded(db, [], { callerId: 'late', seconds: 30, signal: alive() })).toBeNull()
    everybody.leave()
    expect((await Promise.all([...busy, ...others])).every((outcomes) => outcomes?.size === 1)).toBe(true)
    expect(await waitUntilEnded(db, [], { callerId: 'late', seconds: 30, signal: alive() })).toEqual(new Map())
  })

  test('holds no connection: more wait than the pool has, and others are answered', async () => {
    const { db, settings } = liveContext()
    const everybody = aCrowd()
    const waiters = Array.from({ length: settings.database.poolSize * 3 }, (_, n) =>
      waitUntilEnded(db, [someId()], { callerId: `pool ${n}`, seconds: 30, signal: everybody.signal() }),
    )
    const { status } = await ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })
    expect(status).toBe(200)
    everybody.leave()
    await Promise.all(waiters)
  })

  test('ends for all when the process is about to end', async () => {
    const { db } = liveContext()
    const id = someId()
    const waiter = waitUntilEnded(db, [id], { callerId: 'last', seconds: 30, signal: alive() })
    endWaiting(db)
    expect(await waiter).toEqual(new Map([[id, { state: 'pending', failure: null }]]))
    expect(await waitUntilEnded(db, [id], { callerId: 'last', seconds: 30, signal: alive() })).toBeNull()
  })
})
