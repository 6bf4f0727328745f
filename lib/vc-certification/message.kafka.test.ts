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
})
