/** `vc-certify` to `post-vc-certify` through a real broker, as DIVOC 3.0's components use them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entityExample } from '@/lib/api/examples'
import type { Context } from '@/lib/certificates/context'
import { runIntake } from '@/lib/queue/intake'
import { runRelay } from '@/lib/queue/relay'
import { anIssuer, issueAll } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { startBrokers } from '@/lib/testing/kafka/broker.mjs'
import { transactionOf } from '@/lib/testing/kafka/divoc-consumers'
import { aContextOn, kafkaEnvironment, until, Wire } from '@/lib/testing/kafka/installation'
import { vcIntake } from './message'

let broker: Awaited<ReturnType<typeof startBrokers>>
let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let wire: Wire
let running: Promise<void>[]
const stop = new AbortController()

beforeAll(async () => {
  broker = await startBrokers()
  database = await openTestDatabase()
  context = aContextOn(database.url, kafkaEnvironment(broker))
  wire = new Wire(broker)
  await wire.makeTopics(Object.values(context.settings.kafka.topics))
  running = [
    runRelay(context.settings, stop.signal),
    runIntake(context.settings, vcIntake(context), stop.signal, 'vc_certify'),
  ]
})
afterAll(async () => {
  stop.abort()
  await Promise.all(running)
  await wire.close()
  await context.db.$disconnect()
  await database.close()
  await broker.stop()
})

test('a request on vc-certify is issued and answered on post-vc-certify under the id that it brought along', async () => {
  const { topics } = context.settings.kafka
  const answers = await wire.listen(topics.post_vc_certify)
  const { certificateId: _id, ...body } = entityExample
  const transactionId = randomUUID()
  const asked = { body, transactionId, entityType: 'HealthProfessional_1', token: 'Bearer x' }
  const nonsense = { ...asked, body: {}, transactionId: randomUUID() }
  const values = [asked, nonsense].map((value) => ({ key: null, value: JSON.stringify(value) }))
  await wire.send(topics.vc_certify, values)
  const answerTo = (id: string) => answers.find(({ json }) => json.transactionId === id)
  await until(async () => {
    await issueAll(await anIssuer(context))
    return answerTo(transactionId) && answerTo(nonsense.transactionId)
  })
  expect(answerTo(transactionId)!.json).toMatchObject({
    entityType: 'HealthProfessional_1',
    status: 'SUCCESSFUL',
    certificateId: expect.stringMatching(/^\d{12}$/),
    payload: { name: 'Neha', registrationId: '12345-8' },
  })
  expect(answerTo(nonsense.transactionId)!.json).toMatchObject({ status: 'UNSUCCESSFUL', certificateId: '' })
  expect(answers.some(({ value }) => value.includes('Bearer'))).toBe(false)
  // As DIVOC's consumer of the topic reads it, and writes it into its registry.
  const row = transactionOf(answerTo(transactionId)!.value)
  expect(row).toMatchObject({ transactionId, entityType: 'HealthProfessional_1', status: 'SUCCESSFUL' })
  expect(JSON.parse(row.payload)).toMatchObject({ name: 'Neha' })
})

test('what is no request is on error_certificate with the reason, answered where it can be, and the next one is processed', async () => {
  const { topics, group } = context.settings.kafka
  const answers = await wire.listen(topics.post_vc_certify)
  const errors = await wire.listen(topics.error_certificate)
  await until(() => errors.length === 1)
  const { certificateId: _id, ...body } = entityExample
  const asked = (changes: object) =>
    JSON.stringify({
      body,
      transactionId: randomUUID(),
      entityType: 'HealthProfessional_1',
      token: 'Bearer x',
      ...changes,
    })
  const unanswered: [value: string | Buffer | null, reason: RegExp][] = [
    [null, /is empty/],
    ['', /is empty/],
    ['not JSON', /not valid JSON/],
    [Buffer.from(asked({}), 'utf16le'), /MALFORMED/],
    ['[]', /transactionId/],
    ['7', /no object/],
    [asked({ transactionId: "x'; drop table lineage" }), /transactionId/],
    [asked({ transactionId: undefined }), /transactionId/],
    [asked({ entityType: '../../User' }), /entityType/],
  ]
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  const answered: [value: string, reason: RegExp][] = [
    [asked({ transactionId: ids[0], entityType: 'NoSuchThing' }), /^SCHEMA_NOT_FOUND|NOT_FOUND/],
    [asked({ transactionId: ids[1], body: null }), /./],
    [asked({ transactionId: ids[2], body: { ...body, certificateId: '123456789012' } }), /NOT_FOUND/],
  ]
  const last = randomUUID()
  const all = [...unanswered, ...answered]
  const values = [...all.map(([value]) => value), asked({ transactionId: last })]
  await wire.send(
    topics.vc_certify,
    values.map((value) => ({ key: null, value })),
  )
  await until(async () => {
    await issueAll(await anIssuer(context))
    return answers.some(({ json }) => json.transactionId === last)
  })
  await until(() => errors.length === 1 + all.length)
  all.forEach(([, reason], at) => {
    const error = errors.find(({ headers }) => headers['errata-origin'] === `${topics.vc_certify}-0-${at + 2}`)!
    expect(error.json.error).toMatch(reason)
  })
  for (const id of ids) expect(answers.find(({ json }) => json.transactionId === id)!.json.status).toBe('UNSUCCESSFUL')
  expect(errors.some(({ value }) => value.includes('Bearer'))).toBe(false)
  await until(async () => (await wire.lag(`${group}-vc`, topics.vc_certify)) === 0)
})
