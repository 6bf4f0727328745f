/** DIVOC's first generation over HTTP: its shape, both doors, hostile values, and the certificate in every form. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scanQr } from '@/lib/rendering/scan'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { aFacility, ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest, aV1Request } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { contract } from './contract'
import { certifyV1Example, updateV1Example } from './examples'

const V1 = 'https://divoc.dev/credentials/vaccination/v1'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
beforeEach(() => {
  code = `F${++count}`
})
afterAll(() => api.close())

const certify = (body: unknown, more = {}) => ask(contract.certifyV1, { token, body, ...more })
const update = (body: unknown, more = {}) => ask(contract.updateCertificatesV1, { token, body, ...more })
const item = (changes: object = {}) => aV1Request({ preEnrollmentCode: code, ...changes })

async function issued(changes = {}): Promise<string> {
  const { body } = await certify([item(changes)])
  await issueWaiting()
  return body.results[0].certificateId
}

test('the documented samples are certified, updated, and served in every form', async () => {
  const { status, warnings } = (await certify(certifyV1Example)).body.results[0]
  expect(status).toBe('accepted')
  // DIVOC's sample says everything but this; WHO's core data set has it.
  expect(warnings.map(({ path }: { path: string }) => path)).toEqual(['/facility/address/country'])
  const { body } = await update(updateV1Example)
  await issueWaiting()
  const { certificateId, previousCertificateId } = body.results[0]
  const found = await ask(contract.certificate, { token, params: { certificateId } })
  expect(found.body).toMatchObject({ state: 'current', previousCertificateId })
  expect(found.body.credential['@context'][1]).toBe(V1)
  const file = (extension: string) => ask(contract.certificateFile, { token, params: { certificateId, extension } })
  expect(JSON.parse(new TextDecoder().decode((await file('jsonld')).bytes))).toEqual(found.body.credential)
  expect(JSON.parse(unpackQrValue((await scanQr((await file('png')).bytes))!))).toEqual(found.body.credential)
  expect((await readPdf((await file('pdf')).bytes)).pages[0]!.text).toContain('Meera Jyoshi')
  const row = await ask(contract.registryRow, { token, params: { certificateId } })
  expect(row.body.meta).toEqual({ certificateType: 'certifyV2', previousCertificateId })
  const replaced = { evidence: [{ certificateId: previousCertificateId }] }
  expect((await ask(contract.revoked, { body: replaced })).status).toBe(200)
})

describe('the shape of the first generation', () => {
  test.each([
    ['vaccinator', { vaccinator: undefined }, '/vaccinator', 'Vaccinator is missing'],
    ['vaccinator without name', { vaccinator: { name: '' } }, '/vaccinator', 'Vaccinator is missing'],
    ['recipient.gender', { recipient: { gender: undefined } }, '/recipient/gender', 'Gender is missing'],
    ['recipient.gender ""', { recipient: { gender: '' } }, '/recipient/gender', 'Gender is missing'],
    ['recipient.address', { recipient: { address: undefined } }, '/recipient/address', 'Recipient address is missing'],
    ['recipient.address null', { recipient: { address: null } }, '/recipient/address', 'Recipient address is missing'],
    [
      'recipient.address as text',
      { recipient: { address: 'Lake Road' } },
      '/recipient/address',
      'Recipient address must be an object',
    ],
    [
      'a postal code of it',
      { recipient: { address: { pincode: undefined } } },
      '/recipient/address/pincode',
      'Postal code is missing',
    ],
    ['facility.address', { facility: { address: undefined } }, '/facility/address', 'Facility address is missing'],
    [
      'facility.address of nothing',
      {
        facility: {
          address: { addressLine1: '', district: '', state: '', pincode: '' },
        },
      },
      '/facility/address',
      'Facility address is missing',
    ],
  ])('%s: required by both methods at both doors; /v3 takes it', async (_what, changes, path, message) => {
    const body = [item(changes)]
    for (const row of [contract.certifyV1, contract.divocCertifyV1, contract.updateCertificatesV1]) {
      const answer = await ask(row, { token, body })
      expect(answer.status).toBe(400)
      expect(answer.body.details).toMatchObject([{ index: 0, path, message }])
    }
    if (message.endsWith('is missing') && !/\/(name|pincode)$/.test(path)) {
      expect((await ask(contract.certify, { token, body })).status).toBe(200)
    }
  })

  // The peer's YAML lists them as required inside recipient; its server never asked for them, and no client sends them.
  test('enrollmentType and programId are not asked for', async () => {
    const answer = await certify([item({ enrollmentType: undefined, programId: undefined })])
    expect(answer.status).toBe(200)
  })

  test('age or date of birth, and the two sentences of the peer', async () => {
    const neither = await certify([item({ recipient: { dob: undefined } })])
    expect(neither.body).toMatchObject({
      code: 'MISSING_FIELDS',
      details: [{ message: 'Age and DOB both are missing. Atleast one should be present' }],
    })
    expect((await update([item({ recipient: { dob: undefined } })])).body.code).toBe('MISSING_FIELDS')
    expect((await certify([item({ recipient: { dob: undefined, age: '44' } })])).status).toBe(200)
  })

  test('every reason of every item is named', async () => {
    const answer = await certify([
      item(),
      item({ preEnrollmentCode: `${code}b`, vaccinator: undefined, recipient: { gender: '' } }),
    ])
    expect(answer.body.details.map(({ index, path }: { index: number; path: string }) => [index, path])).toEqual([
      [1, '/recipient/gender'],
      [1, '/vaccinator'],
    ])
  })
})

describe('values made to hurt', () => {
  test.each([
    ['dose 1.5', { vaccination: { dose: 1.5 } }, '/vaccination/dose'],
    ['a name with NUL', { recipient: { name: 'John\u0000Doe' } }, '/recipient/name'],
    ['half an emoji', { vaccinator: { name: 'John \ud83d' } }, '/vaccinator/name'],
    ['a bidi override', { recipient: { address: { district: 'a\u202eb' } } }, '/recipient/address/district'],
    ['markup in the identity', { recipient: { identity: '"><script>' } }, '/recipient/identity'],
    ['an emoji in the address', { facility: { address: { addressLine1: '🦄' } } }, '/facility/address/addressLine1'],
  ])('%s is refused with its reason, and nothing is written', async (_what, changes, path) => {
    const answer = await certify([item(changes)])
    expect(answer.status).toBe(400)
    expect(answer.body.details[0].path).toBe(path)
    expect((await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages).toEqual([])
  })

  test.each([
    ['JSON that adds a dose', 'x"}, "dose": 3, "certificateId":"111111111", "dob": "1901-01-01", "z": {"a":"'],
    ['quotes and backslashes', `O"Brien \\ 'x' {{name}} {{{recipientDob}}} \${1}`],
  ])('%s in the name of the vaccinator arrive in the credential as they are', async (_what, name) => {
    const certificateId = await issued({ vaccinator: { name } })
    const { credential } = (await ask(contract.certificate, { token, params: { certificateId } })).body
    expect(credential.evidence[0]).toMatchObject({ dose: 1, certificateId, verifier: { name } })
    expect(Object.keys(credential.credentialSubject)).not.toContain('dob')
  })
})

describe('answers as those of /v3', () => {
  test('certified already with other content: refused at our door and sent to PUT /v1, reported at DIVOC’s', async () => {
    const certificateId = await issued()
    const other = [item({ recipient: { name: 'Somebody Else' } })]
    const refused = await certify(other)
    expect(refused.body).toMatchObject({ code: 'ALREADY_CERTIFIED', details: [{ index: 0 }] })
    expect(refused.body.details[0].message).toContain('PUT /v1/certificate')
    const reported = await ask(contract.divocCertifyV1, { token, body: other })
    expect(reported.body.results[0]).toMatchObject({
      status: 'already_certified',
      certificateId,
      differs: ['recipient.name'],
    })
    const updated = await ask(contract.divocUpdateCertificatesV1, { token, body: other })
    expect(updated.body.results[0]).toMatchObject({ status: 'accepted', previousCertificateId: certificateId })
  })

  test('nothing to update: 412 with a code; the limit: 412 with another', async () => {
    expect((await update([item()])).body).toMatchObject({ code: 'CERTIFICATE_NOT_FOUND' })
    await issued()
    for (let n = 1; n <= 5; n++) await update([item({ recipient: { name: `Meera ${'x'.repeat(n)}` } })])
    const sixth = await update([item({ recipient: { name: 'Once More' } })])
    expect([sixth.status, sixth.body.code]).toEqual([412, 'UPDATE_LIMIT_REACHED'])
  })

  test('If-Match, dryRun and Idempotency-Key mean what they mean at /v3, and a key is of one address', async () => {
    const certificateId = await issued()
    const stale = await update([item({ recipient: { name: 'A' } })], { headers: { 'if-match': '"123456789012"' } })
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION'])
    const dry = await update([item({ recipient: { name: 'A B' } })], { query: { dryRun: 'true' } })
    expect(dry.body).toMatchObject({ dryRun: true, results: [{ status: 'accepted', certificateId: null }] })
    const headers = { 'if-match': `"${certificateId}"`, 'idempotency-key': `key-${code}` }
    const once = await update([item({ recipient: { name: 'A B' } })], { headers })
    const again = await update([item({ recipient: { name: 'A B' } })], { headers })
    expect(again.body).toEqual(once.body)
    const elsewhere = await ask(contract.updateCertificates, {
      token,
      headers: { 'idempotency-key': `key-${code}` },
      body: [item({ recipient: { name: 'A B C' } })],
    })
    expect(elsewhere.body.results[0]).toMatchObject({ status: 'accepted', updatesUsed: 2 })
  })

  test('a record of /v3 becomes one of the first generation when it is updated here, if it has what that needs', async () => {
    const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: code })] })
    await issueWaiting()
    const bare = await update([aRequest({ preEnrollmentCode: code, recipient: { name: 'John Do' } })])
    expect(bare.body.details.map(({ path }: { path: string }) => path)).toEqual([
      '/recipient/gender',
      '/recipient/address',
      '/facility/address',
    ])
    const whole = await update([item()])
    expect(whole.body.results[0]).toMatchObject({ previousCertificateId: body.results[0].certificateId })
    await issueWaiting()
    const { certificateId } = whole.body.results[0]
    const { credential } = (await ask(contract.certificate, { token, params: { certificateId } })).body
    expect(credential['@context'][1]).toBe(V1)
  })

  test('another facility’s certificate, and no token', async () => {
    await aFacility('VF1')
    await aFacility('VF2')
    const mine = await aToken({ facilityCode: 'VF1' })
    const theirs = await aToken({ facilityCode: 'VF2' })
    expect((await ask(contract.certifyV1, { token: mine, body: [item()] })).status).toBe(200)
    const answer = await ask(contract.updateCertificatesV1, {
      token: theirs,
      body: [item({ recipient: { name: 'Else' } })],
    })
    expect([answer.status, answer.body.code]).toEqual([403, 'NOT_YOUR_FACILITY'])
    for (const row of [contract.certifyV1, contract.divocUpdateCertificatesV1]) {
      expect((await ask(row, { body: [item()] })).status).toBe(401)
    }
  })
})

test('the first vocabulary is published, without the words that came later', async () => {
  const { body } = await ask(contract.contextDocument, { params: { path: 'credentials/vaccination/v1' } })
  expect(JSON.stringify(body)).toContain(`"vac":"${V1}"`)
  expect(JSON.stringify(body)).not.toContain('prophylaxis')
})
