import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import type { Context } from '@/lib/certificates/context'
import { findLineages } from '@/lib/certificates/read'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { aContextOn, kafkaEnvironment, until, Wire } from '@/lib/testing/kafka/installation'
import { writeEvents } from './outbox'
import { runRelay } from './relay'

let broker: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let wire: Wire
let stop: AbortController
let relay: Promise<void> | undefined
const caller = aCaller()

beforeAll(async () => {
  broker = await startBrokers()
})
afterAll(() => broker.stop())
beforeEach(async () => {
  database = await openTestDatabase()
  context = aContextOn(database.url, kafkaEnvironment(broker))
  wire = new Wire(broker)
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await relay
  relay = undefined
  await wire.close()
  await context.db.$disconnect()
  await database.close()
})

const startRelay = () => (relay = runRelay(context.settings, stop.signal))
const topics = () => context.settings.kafka.topics
const certify = (codes: string[]) =>
  acceptCertify(
    context,
    caller,
    codes.map((code) =>
      aRequest({ preEnrollmentCode: code, recipient: { contact: ['tel:1691742639', 'mailto:a@b.example'] } }),
    ),
    options({ method: 'POST' }),
  )
const update = (code: string, name: string) =>
  acceptUpdates(context, caller, [aRequest({ preEnrollmentCode: code, recipient: { name } })], options())
const issue = async () => issueAll(await anIssuer(context))
const waiting = async () => {
  const rows = await context.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from outbox where published_at is null and failure is null`
  return rows[0]!.n
}

test('an issued certificate and its correction are told in DIVOC’s shapes, keyed by lineage, in order', async () => {
  startRelay()
  const first = (await certify(['R1'])).results[0]!
  await issue()
  const second = (await update('R1', 'Jane Doe')).results[0]!
  await issue()
  await until(async () => (await waiting()) === 0)

  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 2)
  const lineage = (await findLineages(context, caller, { preEnrollmentCode: 'R1' })).lineages[0]!
  expect(lineage.history).toHaveLength(2)
  expect(Object.keys(certified[0]!.json).sort()).toEqual(
    ['certificate', 'certificateId', 'contact', 'meta', 'mobile', 'name', 'preEnrollmentCode', 'programId'].sort(),
  )
  expect(certified[0]!.json).toMatchObject({
    name: 'John Doe',
    contact: ['tel:1691742639', 'mailto:a@b.example'],
    mobile: '1691742639',
    preEnrollmentCode: 'R1',
    certificateId: first.certificateId,
    programId: '',
    meta: { certificateType: 'certifyV3' },
  })
  expect(certified[0]!.json.meta).not.toHaveProperty('previousCertificateId')
  expect(JSON.parse(certified[0]!.json.certificate).evidence[0].certificateId).toBe(first.certificateId)
  expect(certified[1]!.json.meta.previousCertificateId).toBe(first.certificateId)
  expect(certified[1]!.json.certificateId).toBe(second.certificateId)
  expect(new Set(certified.map(({ key, partition }) => `${key} ${partition}`)).size).toBe(1)
  expect(certified[0]!.key).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(certified.map(({ headers }) => headers['errata-event'])).size).toBe(2)

  const asked = await wire.listen(topics().certify)
  await until(() => asked.length === 2)
  expect(asked.map(({ headers }) => headers['errata-transaction'])).toEqual([first.transactionId, second.transactionId])
  expect(asked[0]!.key).toBe(certified[0]!.key)
  expect(asked[1]!.json).toMatchObject({
    preEnrollmentCode: 'R1',
    recipient: { name: 'Jane Doe' },
    vaccination: { dose: 1 },
    meta: { certificateType: 'certifyV3', previousCertificateId: first.certificateId },
  })

  const notices = await wire.listen(topics().notify)
  await until(() => notices.length === 2)
  expect(notices[0]!.json.recipient).toBe('tel:1691742639,mailto:a@b.example')
  expect(Object.keys(notices[0]!.json).sort()).toEqual(['message', 'recipient', 'subject'])
  expect(notices.map(({ value }) => /John|Jane|R1|\d{9,}"/.test(value.replace(/"recipient":"[^"]*"/, '')))).toEqual([
    false,
    false,
  ])
  const statuses = await wire.listen(topics().proc_status)
  await until(() => statuses.length === 2)
  expect(statuses[0]!.json).toMatchObject({ preEnrollmentCode: 'R1', Status: 'SUCCESS' })
})

test('with the broker down updates are accepted and issued; it hears of them when it is back', async () => {
  await certify(['D1'])
  await broker.kill()
  startRelay()
  await issue()
  await update('D1', 'While it was down')
  await issue()
  expect((await findLineages(context, caller, { preEnrollmentCode: 'D1' })).lineages[0]!.updatesIssued).toBe(1)
  expect(await waiting()).toBeGreaterThan(0)
  await broker.start()
  await until(async () => (await waiting()) === 0)
  const certified = await wire.listen(topics().certified)
  await until(() => certified.length === 2)
  expect(certified[1]!.json.name).toBe('While it was down')
})

test('a broker killed with kill -9 while events flow and started again has every event, each lineage in order', async () => {
  const keys = Array.from({ length: 20 }, () => context.uuid())
  const written: string[] = []
  const write = async (round: number) => {
    const events = keys.map((key) => ({
      id: context.uuid(),
      topic: 'certified' as const,
      key,
      payload: { round, padding: 'x'.repeat(2000) },
    }))
    written.push(...events.map(({ id }) => id))
    await writeEvents(context.db, events)
  }
  startRelay()
  for (let round = 0; round < 40; round++) {
    await write(round)
    if (round === 15) {
      await until(async () => (await waiting()) < written.length)
      await broker.kill()
    }
  }
  await broker.start()
  await until(async () => (await waiting()) === 0)
  const found = await wire.listen(topics().certified)
  await until(() => new Set(found.map(({ headers }) => headers['errata-event'])).size === written.length)
  for (const key of keys) {
    const seen = new Set<string>()
    const rounds = found.flatMap(({ key: of, headers, json }) => {
      if (of !== key || seen.has(headers['errata-event']!)) return []
      seen.add(headers['errata-event']!)
      return [json.round]
    })
    expect(rounds).toEqual(Array.from({ length: 40 }, (_, round) => round))
  }
})

test('a message that the broker will never take is put aside; those beside and behind it arrive', async () => {
  const event = (name: string, size = 10) => ({
    id: context.uuid(),
    topic: 'certified' as const,
    key: null,
    payload: { name, padding: 'x'.repeat(size) },
  })
  await writeEvents(context.db, [event('before'), event('too large', 3_000_000), event('after')])
  startRelay()
  await until(async () => (await waiting()) === 0)
  const found = await wire.listen(topics().certified)
  await until(() => found.length === 2)
  expect(found.map(({ json }) => json.name).sort()).toEqual(['after', 'before'])
  const aside = await context.db.$queryRaw<{ failure: string; published: Date | null }[]>`
    select failure, published_at as published from outbox where failure is not null`
  expect(aside).toEqual([{ failure: 'MESSAGE_TOO_LARGE', published: null }])
})
