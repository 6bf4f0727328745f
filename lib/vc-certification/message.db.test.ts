/** Messages on `vc-certify` on a real database, and what stands in the outbox for `post-vc-certify`. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { entityExample } from '@/lib/api/examples'
import { acceptCertify } from '@/lib/certificates/accept'
import { changeStatus } from '@/lib/certificates/change-status'
import type { Context } from '@/lib/certificates/context'
import type { Received } from '@/lib/queue/kafka'
import { aCaller, aContext, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptVcMessage } from './message'
import { entityTransaction } from './read'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
let offset = 0

beforeAll(async () => {
  database = await openTestDatabase()
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('LOG_LEVEL', 'silent')
  context = { ...aContext(database.url, { KAFKA_BOOTSTRAP_SERVERS: 'localhost:1' }), now: () => new Date() }
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

/** A message as DIVOC's API sends it, the caller's token in it. */
function message(value: unknown): Received {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const place = { topic: 'vc-certify', partition: 0, offset: String(offset++), timestamp: '1' }
  return { ...place, value: Buffer.from(text), headers: {} }
}
const request = (body: Record<string, unknown>, transactionId: string = randomUUID()) => ({
  body,
  transactionId,
  entityType: 'HealthProfessional_1',
  token: 'Bearer a-token-that-must-stay-nowhere',
})
const payload = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const { certificateId: _id, ...published } = entityExample
  return { ...published, registrationId: `M-${offset}`, ...changes }
}
const issue = async () => issueAll(await anIssuer(context))
type Json = Record<string, never>
const outbox = (topic: string) =>
  context.db.$queryRaw<{ payload: Json }[]>`select payload from outbox where topic = ${topic} order by id`
const told = async (transactionId: string) =>
  (await outbox('post_vc_certify')).map((one) => one.payload).filter((one) => one.transactionId === transactionId)
const follow = (id: string) => entityTransaction(context, aCaller(), id)

test('a request is accepted under its own id, issued and answered; its update replaces it', async () => {
  const first = request(payload())
  expect(await acceptVcMessage(context, message(first))).toBe('accepted')
  expect(await told(first.transactionId)).toEqual([])
  expect(await follow(first.transactionId)).toMatchObject({ transactionId: first.transactionId, status: 'PENDING' })
  await issue()
  const { certificateId } = await follow(first.transactionId)
  const { issuanceDate: _i, ...kept } = first.body
  expect(await told(first.transactionId)).toEqual([
    {
      payload: { ...kept, preEnrollmentCode: first.body.registrationId },
      entityType: 'HealthProfessional_1',
      transactionId: first.transactionId,
      certificateId,
      status: 'SUCCESSFUL',
    },
  ])
  const update = request({ ...first.body, certificateId, name: 'Neha Rao' })
  await acceptVcMessage(context, message(update))
  await issue()
  const next = await follow(update.transactionId)
  expect(next).toMatchObject({ status: 'SUCCESSFUL', entityType: 'HealthProfessional_1' })
  expect(await told(update.transactionId)).toMatchObject([{ certificateId: next.certificateId, status: 'SUCCESSFUL' }])
})

test('the same message twice is one request; the same content under another id is answered at once', async () => {
  const asked = request(payload())
  const sent = message(asked)
  await acceptVcMessage(context, sent)
  await acceptVcMessage(context, sent)
  await issue()
  await acceptVcMessage(context, sent)
  expect(await told(asked.transactionId)).toHaveLength(1)
  const again = request(asked.body)
  await acceptVcMessage(context, message(again))
  const { certificateId } = await follow(asked.transactionId)
  expect(await told(again.transactionId)).toMatchObject([{ certificateId, status: 'SUCCESSFUL' }])
})

test('what cannot be accepted is answered UNSUCCESSFUL, once, and stands on error_certificate with the reason', async () => {
  const wrong = request(payload({ issuer: 'nobody' }))
  const sent = message(wrong)
  for (const _time of [1, 2]) expect(await acceptVcMessage(context, sent)).toBe('refused')
  await acceptVcMessage(context, message(`{"token": "${wrong.token}`))
  expect(await told(wrong.transactionId)).toEqual([
    {
      payload: wrong.body,
      entityType: wrong.entityType,
      transactionId: wrong.transactionId,
      certificateId: '',
      status: 'UNSUCCESSFUL',
    },
  ])
  const errors = (await outbox('error_certificate')).map((one) => one.payload.error)
  expect(errors).toContain('VALIDATION_ERROR: /issuer Invalid Issuer format')
})

test('an update that ends before it is issued is answered UNSUCCESSFUL', async () => {
  const first = request(payload())
  await acceptVcMessage(context, message(first))
  await issue()
  const certificateId = (await follow(first.transactionId)).certificateId!
  const update = request({ ...first.body, certificateId, name: 'Neha Rao' })
  await acceptVcMessage(context, message(update))
  await changeStatus(context, aCaller(), { certificateId, action: 'revoke', reason: { cause: 'error' } })
  expect(await told(update.transactionId)).toMatchObject([{ status: 'UNSUCCESSFUL', certificateId: '' }])
})

test.each([['not JSON'], ['[]'], ['{"body":{}}'], [JSON.stringify({ body: {}, transactionId: 'x', entityType: 'X' })]])(
  '%s is refused without stopping what comes behind it',
  async (text) => {
    expect(await acceptVcMessage(context, message(text))).toBe('refused')
  },
)

test('no token is kept, and other types say nothing on the topics of the first generation', async () => {
  const kept = await Promise.all([
    context.db.$queryRaw<object[]>`select payload, headers from outbox`,
    context.db.$queryRaw<object[]>`select request, reason from transaction`,
    context.db.$queryRaw<object[]>`select detail from audit_event`,
    context.db.$queryRaw<object[]>`select answer from idempotency_key`,
  ])
  expect(JSON.stringify(kept)).toContain('SUCCESSFUL')
  expect(JSON.stringify(kept)).not.toContain('a-token-that-must-stay-nowhere')
  for (const topic of ['certify', 'certified', 'proc_status', 'notify', 'revoke_cert']) {
    expect(await outbox(topic), topic).toEqual([])
  }
  await acceptCertify(context, aCaller(), [aRequest({ preEnrollmentCode: 'M1' })], options())
  await issue()
  expect(await outbox('certified')).toHaveLength(1)
  expect(await outbox('post_vc_certify')).not.toContainEqual(
    expect.objectContaining({ payload: expect.objectContaining({ entityType: 'VaccinationCertificate' }) }),
  )
})
