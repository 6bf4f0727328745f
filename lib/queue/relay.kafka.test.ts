import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import { messageIntake } from '@/lib/certificates/message-intake'
import { findLineages } from '@/lib/certificates/read'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import * as divoc from '@/lib/testing/kafka/divoc-consumers'
import { aContextOn, kafkaEnvironment, until, Wire, type OnTopic } from '@/lib/testing/kafka/installation'
import { runIntake } from './intake'
import { writeEvents, type Topic } from './outbox'
import { runRelay } from './relay'

let broker: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let wire: Wire
let stop: AbortController
let environment: Record<string, string>
let running: Promise<void>[]
const caller = aCaller()
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

beforeAll(async () => {
  broker = await startBrokers()
})
afterAll(() => broker.stop())
beforeEach(async () => {
  database = await openTestDatabase()
  environment = kafkaEnvironment(broker)
  context = aContextOn(database.url, environment)
  wire = new Wire(broker)
  stop = new AbortController()
  running = []
})
afterEach(async () => {
  stop.abort()
  await Promise.all(running)
  await wire.close()
  await context.db.$disconnect()
  await database.close()
})

const startRelay = () => running.push(runRelay(context.settings, stop.signal))
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
/** The messages of a topic, once there are as many. */
const arrived = async (topic: Topic, count: number) => {
  const found = await wire.listen(topics()[topic])
  await until(() => found.length >= count)
  expect(found).toHaveLength(count)
  return found
}
const values = (messages: OnTopic[]) => messages.map(({ value }) => value)
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
  await update('D1', 'And once more')
  await issue()
  expect((await findLineages(context, caller, { preEnrollmentCode: 'D1' })).lineages[0]!.updatesIssued).toBe(2)
  expect(await waiting()).toBeGreaterThan(0)
  await broker.start()
  await until(async () => (await waiting()) === 0)
  const certified = await arrived('certified', 3)
  expect(certified.map(({ json }) => json.name)).toEqual(['John Doe', 'While it was down', 'And once more'])
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

test('DIVOC’s own consumers read each message: what they need is there, under their names and in their types', async () => {
  await wire.makeTopics(Object.values(topics()))
  startRelay()
  running.push(runIntake(context.settings, messageIntake(context), stop.signal))
  const none = undefined as never
  const bare = { address: none, dob: none, age: '31', contact: [] }
  const { results } = await acceptCertify(
    context,
    caller,
    [
      aRequest({ preEnrollmentCode: 'full', programId: 'P', recipient: { contact: ['tel:1', 'mailto:a@b.example'] } }),
      aRequest({ preEnrollmentCode: 'bare', recipient: bare, facility: { address: none } as never }),
    ],
    options({ method: 'POST' }),
  )
  await issue()
  const second = (await update('full', 'Jane Doe')).results[0]!
  await issue()
  const reason = { cause: 'error' as const }
  await changeStatus(context, caller, { certificateId: second.certificateId!, action: 'revoke', reason })
  const row = (rowId: string, changes: Parameters<typeof aRequest>[0]) => ({
    key: null,
    value: JSON.stringify(aRequest(changes)),
    headers: { uploadId: '7', rowId },
  })
  await wire.send(topics().certify, [
    row('11', { preEnrollmentCode: 'bare', recipient: { name: 'Somebody else' } }),
    row('12', { preEnrollmentCode: 'row' }),
    row('13', { preEnrollmentCode: 'wrong', recipient: { identity: none } }),
  ])
  await arrived('error_certificate', 1)
  await issue()
  const screen = { ...caller, channel: 'screen' as const }
  await acceptUpdates(context, screen, [aRequest({ preEnrollmentCode: 'bare', recipient: { name: 'X Y' } })], options())
  await issueAll(await anIssuer(context, { scan: async () => 'something else' }))
  await until(async () => (await waiting()) === 0)

  const certified = await arrived('certified', 4)
  expect(values(certified).map(divoc.revocationOf)).toEqual([
    null,
    null,
    {
      preEnrollmentCode: 'full',
      certificateId: second.certificateId,
      dose: 1,
      previousCertificateId: results[0]!.certificateId,
    },
    null,
  ])
  const counted = values(certified).map(divoc.analyticsOf)
  expect(counted.find(({ certificateId }) => certificateId === results[0]!.certificateId)).toMatchObject({
    ...{ preEnrollmentCode: 'full', vaccine: 'Covishield', dose: 1, totalDoses: 2 },
  })
  expect(counted.find(({ certificateId }) => certificateId === results[1]!.certificateId)).toMatchObject({
    ...{ preEnrollmentCode: 'bare', age: '31', postalCode: '' },
  })
  // Those of the test came from elsewhere.
  const asked = (await arrived('certify', 7)).filter(({ headers }) => 'errata-transaction' in headers)
  expect(asked).toHaveLength(4)
  expect(values(asked).map(divoc.analyticsOfRequest)).toContainEqual({
    ...{ preEnrollmentCode: 'full', dob: '1987-04-21', date: '2021-10-17T13:10:00.000Z', district: '' },
  })
  const statuses = values(await arrived('proc_status', 5)).map(divoc.procStatusOf)
  const outcomes = statuses.map(({ preEnrollmentCode: code, status }) => `${code} ${status}`)
  expect(outcomes.sort()).toEqual(['bare FAILED', 'bare SUCCESS', 'full SUCCESS', 'full SUCCESS', 'row SUCCESS'])
  expect(new Set(statuses.map(({ procType }) => procType))).toEqual(new Set(['certification']))
  expect(values(await arrived('notify', 4)).map(divoc.noticesOf)).toMatchObject([
    [
      { by: 'tel', to: '1' },
      { by: 'mailto', to: 'a@b.example', subject: 'Your vaccination certificate' },
    ],
    [{ by: 'tel', subject: expect.stringContaining('replaced') as string }],
    [{ by: 'tel', subject: expect.stringContaining('cancelled') as string }],
    [{ by: 'tel', to: '1691742639', subject: 'Your vaccination certificate' }],
  ])
  expect(values(await arrived('revoke_cert', 1)).map(divoc.revokedOf)).toEqual([
    { osid: expect.any(String) as string, certificateId: second.certificateId, dose: 1, key: 'full-P-1' },
  ])
  expect(values(await arrived('certify_ack', 3)).map(divoc.ackOf)).toEqual([
    { row: 11, status: 'FAILED', errorMsg: 'Duplicate pre-enrollment code' },
    { row: 13, status: 'FAILED', errorMsg: expect.stringContaining('/recipient/identity') as string },
    { row: 12, status: 'SUCCESS', errorMsg: '' },
  ])
  const [refused, failed] = await arrived('error_certificate', 2)
  const [duplicate] = await arrived('duplicate_certificate', 1)
  expect(refused!.key).toBeNull()
  const bareKey = certified.find(({ json }) => json.preEnrollmentCode === 'bare')!.key
  expect([failed!.key, duplicate!.key]).toEqual([bareKey, bareKey])
  const failures = [refused!, failed!, duplicate!]
  for (const { json } of failures) {
    expect(Object.keys(json).sort()).toEqual(['error', 'message'])
    expect(JSON.parse(json.message)).toMatchObject({ vaccination: { dose: 1 } })
  }
  for (const { headers } of [...certified, ...failures]) expect(headers['errata-event']).toMatch(UUID)
})
