/** Two generations of requests and certificates on the same lineages. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { entityExample } from '@/lib/api/examples'
import type { Form } from '@/lib/certificate-types/type'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { packCredential, qrValue } from '@/lib/rendering/zip'
import { verifyGenerically } from '@/lib/signing/generic'
import { loadPublicKey } from '@/lib/signing/keys'
import { setEnvironment } from '@/lib/testing/api'
import { aCaller, aContext, anIssuer, aRequest, aTest, aV1Request, issueAll, options } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { acceptCertify, acceptUpdates } from './accept'
import { acceptMessage } from './accept-message'
import type { Context } from './context'
import { findLineages, ownCredential, registryRow } from './read'

const V1 = 'https://divoc.dev/credentials/vaccination/v1'
const V2 = 'https://divoc.dev/credentials/vaccination/v2'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: Context
const caller = aCaller()

beforeEach(async () => {
  database = await openTestDatabase()
  context = aContext(database.url, { CERTIFICATE_UPDATE_LIMIT: '3' })
})
afterEach(async () => {
  await context.db.$disconnect()
  await database.close()
})

const issue = async () => issueAll(await anIssuer(context))
const certify = (form: Form, request: unknown) =>
  acceptCertify(context, caller, [request], options({ method: 'POST', form }))
const update = (form: Form, request: unknown, by = caller) => acceptUpdates(context, by, [request], options({ form }))
const lineageOf = async (code = '440815') =>
  (await findLineages(context, caller, { preEnrollmentCode: code })).lineages[0]!
/** The credential of the current certificate of a code. */
async function current(code?: string) {
  const { certificateId } = (await lineageOf(code)).current!
  const row = await ownCredential(context, caller, certificateId)
  return { ...row, credential: JSON.parse(row.credential) }
}

test('a certificate of the first generation is signed under the first vocabulary, without the words that came later', async () => {
  await certify('certifyV2', aV1Request())
  await issue()
  const { credential, form } = await current()
  expect(form).toBe('certifyV2')
  expect(credential['@context'][1]).toBe(V1)
  expect(credential.credentialSubject).not.toHaveProperty('dob')
  expect(credential.credentialSubject.age).toBe('47')
  expect(credential.evidence[0]).not.toHaveProperty('icd11Code')
  expect(credential.evidence[0]).not.toHaveProperty('prophylaxis')
  // JSON-LD as such, with the first vocabulary: nothing of ours but the public key.
  expect(await verifyGenerically(credential, await loadPublicKey(context.settings))).toEqual({ verified: true })
  const value = qrValue(packCredential(JSON.stringify(credential)))
  expect(JSON.parse(unpackQrValue(value))).toEqual(credential)
})

test('the registry row says which generation a certificate is of, whatever the client claims', async () => {
  const meta = { certificateType: 'certifyV3', previousCertificateId: '1', ours: true }
  await certify('certifyV2', aV1Request({ meta }))
  await issue()
  const first = await registryRow(context, caller, (await current()).certificateId)
  expect(first.meta).toEqual({ certificateType: 'certifyV2', ours: true })
  await update('certifyV3', aV1Request({ recipient: { name: 'Third' } }))
  await issue()
  const second = await registryRow(context, caller, (await current()).certificateId)
  expect(second.meta).toEqual({
    certificateType: 'certifyV3',
    previousCertificateId: first.certificateId,
    ours: true,
  })
})

test('certified by one generation and updated by the other: the newest request decides, one history, one allowance', async () => {
  await certify('certifyV2', aV1Request())
  const name = (name: string) => aV1Request({ recipient: { name } })
  const forms: Form[] = ['certifyV3', 'certifyV2', 'certifyV3']
  for (const [index, form] of forms.entries()) {
    const { results } = await update(form, name(`Version ${index}`))
    expect(results[0]).toMatchObject({ status: 'accepted', updatesUsed: index + 1 })
    await issue()
    const { credential } = await current()
    expect(credential['@context'][1]).toBe(form === 'certifyV2' ? V1 : V2)
    expect(credential.credentialSubject.dob).toBe(form === 'certifyV2' ? undefined : '1979-02-17')
  }
  const { history, updatesRemaining } = await lineageOf()
  expect(history.map(({ state }) => state)).toEqual(['current', 'superseded', 'superseded', 'superseded'])
  expect(updatesRemaining).toBe(0)
  await expect(update('certifyV2', name('One more'))).rejects.toMatchObject({ code: 'UPDATE_LIMIT_REACHED' })
})

test('a correction on a screen stays of the generation that the certificate is of', async () => {
  const operator = aCaller({ kind: 'operator', channel: 'screen' })
  await certify('certifyV2', aV1Request())
  await certify('certifyV3', aRequest())
  await issue()
  await update('certifyV3', aV1Request({ recipient: { name: 'Corrected Here' } }), operator)
  await update('certifyV3', aRequest({ recipient: { name: 'Corrected Here' } }), operator)
  await issue()
  expect((await current()).credential['@context'][1]).toBe(V1)
  expect((await current('987456126')).credential['@context'][1]).toBe(V2)
  // The form of /v3 knows records that /v1 would not take: the certificate has empty values there, as DIVOC's do.
  await update('certifyV3', aV1Request({ vaccinator: undefined, facility: { address: undefined } }), operator)
  await issue()
  const { credential } = await current()
  expect(credential['@context'][1]).toBe(V1)
  expect(credential.evidence[0].verifier.name).toBe('')
})

test('the generation alone is no change: nothing is issued and nothing spent', async () => {
  await certify('certifyV2', aV1Request())
  await issue()
  const { results } = await certify('certifyV3', aV1Request())
  expect(results[0]).toMatchObject({ status: 'already_certified', certificateId: (await current()).certificateId })
  expect((await update('certifyV3', aV1Request())).results[0]).toMatchObject({ status: 'unchanged', updatesUsed: 0 })
  expect((await current()).form).toBe('certifyV2')
})

test('two generations at once for the last update that is left: one wins, the other is told', async () => {
  await certify('certifyV2', aV1Request())
  for (const name of ['a', 'b']) await update('certifyV2', aV1Request({ recipient: { name } }))
  const attempts = await Promise.allSettled([
    update('certifyV2', aV1Request({ recipient: { name: 'First Generation' } })),
    update('certifyV3', aV1Request({ recipient: { name: 'Third Generation' } })),
  ])
  expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(attempts.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'UPDATE_LIMIT_REACHED' },
  })
})

describe('messages on the certify topic', () => {
  beforeEach(async () => {
    await context.db.$disconnect()
    context = aContext(database.url, { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9' })
    setEnvironment(database.url) // for the log line of what is refused
  })
  let offset = 0
  const send = (item: unknown) => {
    const value = Buffer.from(JSON.stringify(item))
    return acceptMessage(context, {
      ...{ topic: 'certify', partition: 0, timestamp: '1', headers: {} },
      ...{ offset: String(offset++), value },
    })
  }
  const events = (topic: string) =>
    context.db.$queryRaw<{ payload: { meta?: unknown; error?: string } }[]>`
      select payload from outbox where topic = ${topic} order by id`

  test('certifyV2 of DIVOC’s API is certified in the first generation and told so; an update by message follows it', async () => {
    expect(await send(aV1Request({ meta: { certificateType: 'certifyV2' } }))).toBe('accepted')
    await issue()
    const first = await current()
    expect(first.form).toBe('certifyV2')
    const meta = { certificateType: 'certifyV2', previousCertificateId: first.certificateId }
    expect(await send(aV1Request({ recipient: { name: 'By Message' }, meta }))).toBe('accepted')
    await issue()
    const second = await current()
    expect(second.credential['@context'][1]).toBe(V1)
    expect(second.predecessorId).toBe(first.certificateId)
    expect((await events('certified')).map(({ payload }) => payload.meta)).toEqual([
      { certificateType: 'certifyV2' },
      { certificateType: 'certifyV2', previousCertificateId: first.certificateId },
    ])
  })

  test('what the first generation requires and is missing goes to error_certificate with the field', async () => {
    const meta = { certificateType: 'certifyV2' }
    expect(await send(aV1Request({ recipient: { gender: undefined }, meta }))).toBe('refused')
    expect((await events('error_certificate'))[0]!.payload.error).toMatch(/\/recipient\/gender Gender is missing/)
    expect(await send(aV1Request({ recipient: { gender: undefined }, meta: { certificateType: 'certifyV3' } }))).toBe(
      'accepted',
    )
  })

  test('what is accepted at /v1 is put on the topic as certifyV2', async () => {
    await certify('certifyV2', aV1Request())
    expect((await events('certify'))[0]!.payload.meta).toEqual({ certificateType: 'certifyV2' })
  })

  test('what DIVOC’s /v4 puts there is certified as the type that it names; an update replaces it', async () => {
    const v4 = (entityPayload: unknown, entityType: unknown = 'TestCertificate') => send({ entityType, entityPayload })
    expect(await v4(aTest({ preEnrollmentCode: 'M1' }))).toBe('accepted')
    await issue()
    const first = (await lineageOf('M1')).current!.certificateId
    const meta = { previousCertificateId: first }
    expect(await v4(aTest({ preEnrollmentCode: 'M1', recipient: { name: 'By Message' }, meta }))).toBe('accepted')
    await issue()
    expect(await lineageOf('M1')).toMatchObject({ type: 'TestCertificate', holderName: 'By Message' })
    expect(await v4(entityExample, 'HealthProfessional_1')).toBe('refused')
    // The same number as a vaccination, and as the result of another sample.
    expect(await send(aRequest({ preEnrollmentCode: 'M1', meta }))).toBe('refused')
    const testDetails = { sampleCollectionTimestamp: '2021-07-01T08:00:00Z' }
    expect(await v4(aTest({ preEnrollmentCode: 'M1', testDetails, meta }))).toBe('refused')
    expect(await v4(aTest(), 'NoSuchThing')).toBe('refused')
    expect(await v4([aTest()])).toBe('refused')
    expect(await v4(aTest(), { $ne: 1 })).toBe('refused')
    const errors = (await events('error_certificate')).map(({ payload }) => payload.error!.split(':')[0])
    expect(errors).toEqual([
      'VALIDATION_ERROR',
      ...Array(2).fill('CERTIFICATE_NOT_FOUND'),
      'SCHEMA_NOT_FOUND',
      ...Array(2).fill('MALFORMED_REQUEST'),
    ])
  })
})
