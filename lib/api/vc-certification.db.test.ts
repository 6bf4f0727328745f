/** DIVOC 3.0's VC API over the real handlers: its published request, its sentences, and what must not be repeated of it. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi, type Asked } from '@/lib/testing/api'
import { aCaller, anIssuer, aRequest, issueAll } from '@/lib/testing/builders'
import { readPdf } from '@/lib/testing/read-pdf'
import { contract } from './contract'
import { entityExample, updateExample } from './examples'

const ENTITY = 'HealthProfessional_1'
const LATER = '2099-06-01T00:00:00Z'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let count = 0

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '0', UPDATE_LIMIT: '5' })
  token = await aToken()
})
afterAll(() => api.close())

type Payload = Record<string, unknown>

/** The published payload of somebody new, without what it replaces, valid now. */
function aPayload(changes: Payload = {}): Payload {
  const { certificateId: _id, ...published } = entityExample
  return { ...published, registrationId: `R-${++count}`, validTill: LATER, ...changes }
}

const post = (body: unknown, as = token, entityName = ENTITY) =>
  ask(contract.certifyEntity, { token: as, params: { entityName }, body })
const put = (body: unknown, as = token, entityName = ENTITY) =>
  ask(contract.updateEntity, { token: as, params: { entityName }, body })
const get = (certificateId: string, accept: string, entityName = ENTITY) =>
  ask(contract.entityCertificate, { token, params: { entityName, certificateId }, headers: { accept } })
const follow = (transactionId: string, as = token) =>
  ask(contract.entityTransaction, { token: as, params: { transactionId } })
const revoke = (body: object, as = token) => ask(contract.revokeEntity, { token: as, body })
const unsuspend = (certificateId: string) =>
  ask(contract.unsuspendEntity, { token, params: { entityName: ENTITY, certificateId } })
const text = ({ bytes }: Asked) => new TextDecoder().decode(bytes)

/** A certificate and the payload that it was made of. */
async function issued(changes: Payload = {}, as = token) {
  const payload = aPayload(changes)
  const { status, body } = await post(payload, as)
  expect(status, JSON.stringify(body)).toBe(200)
  await issueWaiting()
  const { certificateId } = (await follow(body.transactionId)).body as { certificateId: string }
  return { payload, certificateId }
}

/** What anybody hears who shows the certificate. */
async function verdictOn(certificateId: string, entityName = ENTITY) {
  const credential = JSON.parse(text(await get(certificateId, 'application/vc+ld+json', entityName)))
  const { status, body } = await ask(contract.verifyCredential, { body: credential })
  return { status, ...body.status }
}

/** How many update the professional's certificate counts as used. */
async function used(registrationId: unknown): Promise<number> {
  const { body } = await ask(contract.lineages, { token, query: { preEnrollmentCode: String(registrationId) } })
  return body.lineages[0].updatesUsed
}

describe('the published request', () => {
  test('is accepted verbatim: as an update of the certificate that it names, and without it as a new one', async () => {
    const { certificateId: named, ...published } = entityExample
    // The registry of the documentation has that certificate; the name on it is misspelt.
    const digits = [...Buffer.from(named)].map((digit) => digit - 48)
    const context = { ...liveContext(), random: () => Uint8Array.from(digits) }
    const { dob, registrationId, registrationCouncil, registrationDate } = published
    const registration = { registrationId, registrationCouncil, registrationDate }
    const item = { professional: { name: 'Neah', dob }, registration }
    await acceptCertify(context, aCaller(), [item], { door: 'v3', type: 'HealthProfessional', method: '', path: '' })
    await issueWaiting()
    const updated = await post(entityExample)
    expect(updated).toMatchObject({ status: 200, body: { transactionId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    expect(Object.keys(updated.body)).toEqual(['transactionId'])
    const { transactionId } = updated.body
    const pending = { transactionId, entityType: ENTITY, status: 'PENDING' }
    expect((await follow(transactionId)).body).toMatchObject(pending)
    expect((await verdictOn(named)).certificateStatus).not.toBe('REVOKED')
    await issueWaiting()
    const done = await follow(transactionId)
    expect(done.body).toMatchObject({ ...pending, status: 'SUCCESSFUL' })
    expect(done.body.certificateId).not.toBe(named)
    expect(await verdictOn(named)).toMatchObject({ status: 200, certificateStatus: 'REVOKED', state: 'replaced' })
    const { name } = (await get(done.body.certificateId, 'application/json')).body
    expect(name).toBe('Neha')
    // The same once more, as after a lost answer, is the same transaction.
    expect((await put(entityExample)).body).toEqual({ transactionId })

    const created = await post({ ...published, registrationId: '12345-9' })
    expect(created.status).toBe(200)
    await issueWaiting()
    expect((await follow(created.body.transactionId)).body.status).toBe('SUCCESSFUL')
  })

  test('is had as JSON, credential, PDF, SVG and HTML', async () => {
    const { certificateId, payload } = await issued({ name: 'Neha <b>"Rao"</b> & Söhne' })
    const { issuanceDate: _checked, ...kept } = payload
    const json = await get(certificateId, 'application/json')
    expect(json.body).toMatchObject({ ...kept, validTill: '2099-06-01T00:00:00.000Z', certificateId, state: 'current' })
    const signed = await get(certificateId, 'application/vc+ld+json')
    expect(json.body._osSignedData).toBe(text(signed))
    const credential = JSON.parse(text(signed))
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'HealthProfessionalCredential'],
      validFrom: '2023-09-09T21:01:01.121Z',
      expirationDate: '2099-06-01T00:00:00.000Z',
      evidence: [{ type: ['HealthProfessional'], certificateId, authority: 'http://www.india.gov.in' }],
    })
    // In our own name, whatever a payload says, and at the time at which it was signed.
    expect(credential.issuer).toBe(liveContext().settings.credential.issuer)
    expect(Date.parse(credential.issuanceDate)).toBeGreaterThan(Date.parse('2026-01-01'))
    const { pages } = await readPdf((await get(certificateId, 'application/pdf')).bytes)
    const printed = pages.map((page) => page.text).join('\n')
    for (const value of [payload.registrationId, 'Ayurveda', 'Delhi University', '1 Jun 2099']) {
      expect(printed).toContain(value)
    }
    expect(text(await get(certificateId, 'image/svg+xml'))).toMatch(/^<svg/)
    const html = await get(certificateId, 'text/html')
    expect(text(html)).toContain('<img src="data:image/svg+xml;base64,')
    expect(html.headers.get('content-security-policy')).toContain('sandbox')
    expect((await get(certificateId, 'image/gif')).body.code).toBe('NOT_ACCEPTABLE')
    const keyed = { accept: 'application/pdf', 'template-key': 'html' }
    const params = { entityName: ENTITY, certificateId }
    expect((await ask(contract.entityCertificate, { token, params, headers: keyed })).status).toBe(200)
  })
})

describe('a payload', () => {
  test.each<[string, string, Payload]>([
    ['IssuanceDate is missing', '/issuanceDate', { issuanceDate: undefined }],
    ['IssuanceDate is not in valid format', '/issuanceDate', { issuanceDate: '9th of September' }],
    ['Issuer detail is missing', '/issuer', { issuer: '' }],
    ['Invalid Issuer format', '/issuer', { issuer: 'Government of India' }],
    ['Invalid Issuer format', '/issuer', { issuer: { id: 'http://www.india.gov.in' } }],
    ['Valid from date is not in valid format', '/validFrom', { validFrom: '2023-13-41' }],
    ['Valid till date is not in valid format', '/validTill', { validTill: 20250909 }],
    ['certificateId must be text', '/certificateId', { certificateId: 614894628867 }],
    ['Full name is missing', '/name', { name: '' }],
    ['Registration number is missing', '/registrationId', { registrationId: null }],
    ['Year of the degree is not written as it must be: [0-9]{4}', '/degreeYear', { degreeYear: '19' }],
    ['Valid until is before valid from', '/validTill', { validTill: '2023-01-01' }],
  ])('%s at %s', async (message, path, changes) => {
    const { status, body } = await post(aPayload(changes))
    expect({ status, ...body }).toMatchObject({ status: 400, code: 'VALIDATION_ERROR', message })
    expect(body.details).toContainEqual({ index: 0, path, code: 'VALIDATION_ERROR', message })
  })

  test('says every reason at once, and is an object', async () => {
    const { body } = await post({ registrationId: 'x' })
    expect(body.details.map(({ path }: { path: string }) => path)).toEqual(['/issuanceDate', '/issuer'])
    for (const given of [[aPayload()], null, 'x', 7]) {
      expect((await post(given)).body.code).toBe('MALFORMED_REQUEST')
    }
  })

  test('of a PUT names a certificate', async () => {
    const { status, body } = await put(aPayload())
    expect({ status, message: body.message }).toEqual({ status: 400, message: 'certificateId is missing' })
  })

  test('keeps what the type does not know out of the certificate, and says so', async () => {
    const { body } = await post(aPayload({ endDate: '2020-01-01', shoeSize: '38' }))
    expect(body.warnings.map(({ path }: { path: string }) => path)).toEqual(['/endDate', '/shoeSize'])
  })

  test('of an entity that is not there, or that leads elsewhere, is refused', async () => {
    expect((await post(aPayload(), token, 'Nobody')).body.code).toBe('SCHEMA_NOT_FOUND')
    expect((await post(aPayload(), token, '..%2f..%2fapi')).body.code).toBe('MALFORMED_REQUEST')
  })

  test('of somebody who has a certificate with other content is told how to correct it', async () => {
    const { payload, certificateId } = await issued()
    const { status, body } = await post({ ...payload, name: 'Somebody Else' })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'ALREADY_CERTIFIED' })
    expect(body.message).toContain(`certificate ${certificateId}`)
    expect(body.message).toContain('with its certificateId')
  })
})

describe('an update', () => {
  test('replaces one certificate by the next; an endDate in it does nothing', async () => {
    const { payload, certificateId } = await issued()
    const { status, body } = await put({ ...payload, certificateId, name: 'Neha Rao', endDate: LATER })
    expect(status).toBe(200)
    await issueWaiting()
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'REVOKED', state: 'replaced' })
    const next = (await follow(body.transactionId)).body.certificateId
    expect(await verdictOn(next)).toMatchObject({ certificateStatus: 'VALID', state: 'valid' })
    expect(await used(payload.registrationId)).toBe(1)
  })

  test('that cannot be signed leaves the certificate as it was; one that fails for good costs nothing', async () => {
    const { payload, certificateId } = await issued()
    const { body } = await put({ ...payload, certificateId, name: 'Neha Rao' })
    const issuer = await anIssuer(liveContext())
    const away = async () => Promise.reject(new Error('The module that signs does not answer.'))
    await issueAll({ ...issuer, key: { ...issuer.key, sign: away } })
    expect((await follow(body.transactionId)).body.status).toBe('PENDING')
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID', state: 'valid' })
    expect(await used(payload.registrationId)).toBe(1)
    await revoke({ certificateId, entityName: ENTITY, endDate: LATER })
    const failure = { code: 'CERTIFICATE_SUSPENDED', message: expect.any(String) }
    const failed = { status: 'UNSUCCESSFUL', certificateId: null, failure }
    expect((await follow(body.transactionId)).body).toMatchObject(failed)
    await unsuspend(certificateId)
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID', state: 'valid' })
    expect(await used(payload.registrationId)).toBe(0)
  })

  test('whose worker dies on the way leaves the certificate valid until the next one issues it', async () => {
    const { payload, certificateId } = await issued()
    const { body } = await put({ ...payload, certificateId, name: 'Neha Rao' })
    const dies = { onStep: (step: string) => (step === 'claimed' ? Promise.reject(new Error('killed')) : undefined) }
    await expect(issueAll(await anIssuer(liveContext(), dies))).rejects.toThrow('killed')
    expect((await follow(body.transactionId)).body.status).toBe('PENDING')
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID' })
    await liveContext().db.$executeRaw`update transaction set lease_until = now() - interval '1 second'
      where id = ${body.transactionId}::uuid`
    await issueWaiting()
    expect((await follow(body.transactionId)).body.status).toBe('SUCCESSFUL')
    expect(await verdictOn(certificateId)).toMatchObject({ state: 'replaced' })
  })

  test('twenty at once have one successor, and the limit holds', async () => {
    const { payload, certificateId } = await issued()
    let current = certificateId
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        Array.from({ length: round === 0 ? 20 : 4 }, (_, at) =>
          put({ ...payload, certificateId: current, name: `Neha ${'abcdefghijklmnopqrst'[at]} ${'vwxyz'[round]}` }),
        ),
      )
      const taken = answers.filter(({ status }) => status === 200)
      expect(taken).toHaveLength(1)
      const others = answers.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body.code}`)
      expect(new Set(others)).toEqual(new Set(['412 STALE_VERSION']))
      await issueWaiting()
      current = (await follow(taken[0]!.body.transactionId)).body.certificateId
    }
    expect(await used(payload.registrationId)).toBe(5)
    const beyond = await put({ ...payload, certificateId: current, name: 'Neha Beyond' })
    expect({ status: beyond.status, code: beyond.body.code }).toEqual({ status: 412, code: 'UPDATE_LIMIT_REACHED' })
    expect(await verdictOn(current)).toMatchObject({ certificateStatus: 'VALID' })
  })

  test.each<[string, (given: { payload: Payload; certificateId: string }) => Promise<Asked>, number, string]>([
    ['an unknown certificate', ({ payload }) => put({ ...payload, certificateId: '1' }), 412, 'CERTIFICATE_NOT_FOUND'],
    [
      'a certificate of another entity',
      async ({ payload }) => put({ ...payload, certificateId: await aVaccination() }),
      412,
      'CERTIFICATE_NOT_FOUND',
    ],
    [
      'a certificate under the name of another entity',
      ({ certificateId }) => put({ ...updateExample[0], ...OWN, certificateId }, token, 'VaccinationCertificate'),
      412,
      'CERTIFICATE_NOT_FOUND',
    ],
    [
      "somebody else's certificate",
      async ({ payload }) => put({ ...payload, certificateId: (await issued()).certificateId }),
      400,
      'VALIDATION_ERROR',
    ],
    [
      'a certificate that was replaced',
      async ({ payload, certificateId }) => {
        await put({ ...payload, certificateId, name: 'Neha Rao' })
        await issueWaiting()
        return put({ ...payload, certificateId, name: 'Neha Roy' })
      },
      412,
      'STALE_VERSION',
    ],
    [
      'a certificate that was revoked',
      async ({ payload, certificateId }) => {
        await revoke({ certificateId, entityName: ENTITY })
        return put({ ...payload, certificateId, name: 'Neha Roy' })
      },
      412,
      'CERTIFICATE_REVOKED',
    ],
  ])('of %s is refused', async (_what, send, status, code) => {
    const { status: answered, body } = await send(await issued())
    expect({ status: answered, code: body.code }).toEqual({ status, code })
    expect(typeof body.message).toBe('string')
  })

  test('by a POST with a certificateId is checked as one, and needs the scope for it', async () => {
    const { payload, certificateId } = await issued()
    const certifies = await aToken({ scopes: ['certify', 'read'] })
    const body = { ...payload, certificateId, name: 'Neha Rao' }
    expect((await post(body, certifies)).body.code).toBe('SCOPE_MISSING')
    expect((await post({ ...body, certificateId: '1' })).body.code).toBe('CERTIFICATE_NOT_FOUND')
    expect((await post(body)).status).toBe(200)
  })

  test('of another facility is refused', async () => {
    await aFacility('HERE')
    await aFacility('THERE')
    const [here, there] = [await aToken({ facilityCode: 'HERE' }), await aToken({ facilityCode: 'THERE' })]
    const { payload, certificateId } = await issued({}, here)
    const body = { ...payload, certificateId, name: 'Neha Rao' }
    const { certificateId: suspended } = await issued({}, here)
    await revoke({ certificateId: suspended, entityName: ENTITY, endDate: LATER }, here)
    for (const answer of [
      await put(body, there),
      // Whether a guess is right stays unsaid: of the code, and of what became of it.
      await post({ ...body, registrationId: 'R-GUESSED' }, there),
      await put({ ...body, registrationId: 'R-GUESSED' }, there),
      await revoke({ certificateId: suspended, entityName: ENTITY, endDate: LATER }, there),
      await revoke({ certificateId, entityName: ENTITY }, there),
      await ask(contract.entityCertificate, { token: there, params: { entityName: ENTITY, certificateId } }),
    ]) {
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'NOT_YOUR_FACILITY' })
    }
    expect((await put(body, here)).status).toBe(200)
  })

  test('can name its certificate in the address, as the published specification has it', async () => {
    const { payload, certificateId } = await issued()
    const params = { entityName: ENTITY, certificateId }
    const other = await ask(contract.replaceEntity, { token, params, body: { ...payload, certificateId: '1' } })
    expect(other.status).toBe(400)
    const body = { ...payload, name: 'Neha Rao' }
    expect((await ask(contract.replaceEntity, { token, params, body })).status).toBe(200)
  })
})

describe('revoking', () => {
  test('is for good, once, and says what DIVOC says', async () => {
    const { certificateId } = await issued()
    const asked = { certificateId, entityName: ENTITY }
    const first = await revoke(asked)
    expect(first).toMatchObject({ status: 200, body: { message: 'Certificate Revoked' } })
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'REVOKED', state: 'cancelled' })
    const again = await revoke(asked)
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: 'ALREADY_REVOKED' })
    expect(again.body.message).toContain('already revoked')
    const back = await unsuspend(certificateId)
    const message = 'Deletion is not allowed as Certificate is revoked permanently.'
    expect({ status: back.status, message: back.body.message }).toEqual({ status: 400, message })
  })

  test('with an endDate suspends until then; ended by a DELETE, which can be asked twice', async () => {
    const { certificateId } = await issued()
    const asked = { certificateId, entityName: ENTITY, endDate: LATER }
    expect((await revoke(asked)).status).toBe(200)
    const verdict = { certificateStatus: 'SUSPENDED', state: 'suspended', endDate: '2099-06-01T00:00:00.000Z' }
    expect(await verdictOn(certificateId)).toMatchObject(verdict)
    expect((await revoke(asked)).status).toBe(409)
    for (const _time of [1, 2]) {
      const { status, body } = await unsuspend(certificateId)
      const message = 'Delete revoked certificate request sent successfully'
      expect({ status, ...body }).toEqual({ status: 200, message })
    }
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID' })
    // Suspended certificates can be revoked for good, too.
    await revoke(asked)
    expect((await revoke({ certificateId, entityName: ENTITY })).status).toBe(200)
  })

  test('refuses an end that is over or no date, and what is not there', async () => {
    const { certificateId } = await issued()
    for (const endDate of ['2020-01-01', 'tomorrow']) {
      const { status, body } = await revoke({ certificateId, entityName: ENTITY, endDate })
      expect({ status, path: body.details[0].path }).toEqual({ status: 400, path: '/endDate' })
    }
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID' })
    for (const asked of [
      { certificateId: '1', entityName: ENTITY },
      { certificateId, entityName: 'VaccinationCertificate' },
    ]) {
      const { status, body } = await revoke(asked)
      const message = `Entry for ${asked.certificateId} not found`
      expect({ status, message: body.message }).toEqual({ status: 400, message })
    }
    expect((await unsuspend('1')).body.message).toBe('Record not found.')
    expect((await unsuspend(certificateId)).body.message).toBe('Record not found.')
  })

  test('a corrected certificate is never said to be revoked: its newest counts; the address of the published specification works, too', async () => {
    const { payload, certificateId } = await issued()
    await put({ ...payload, certificateId, name: 'Neha Rao' })
    await issueWaiting()
    const asked = await revoke({ certificateId, entityName: ENTITY })
    expect({ status: asked.status, code: asked.body.code }).toEqual({ status: 412, code: 'STALE_VERSION' })
    expect((await unsuspend(certificateId)).body.code).toBe('STALE_VERSION')
    const other = await issued()
    const params = { entityName: ENTITY, certificateId: other.certificateId }
    expect((await ask(contract.removeEntity, { token, params })).body.message).toBe('Certificate Revoked')
  })
})

describe('a transaction', () => {
  test('that was never accepted is not found, and nobody reads one without a token', async () => {
    const unknown = '3f0a1c9e-1111-4222-8333-444455556666'
    for (const id of [unknown, 'x']) expect((await follow(id)).status).toBe(404)
    const params = { transactionId: unknown }
    expect((await ask(contract.entityTransaction, { params })).status).toBe(401)
    const cookie = await cookieOf(await anOperator())
    expect((await ask(contract.entityTransaction, { cookie, params })).status).toBe(403)
    const { body } = await post(aPayload())
    const blind = await aToken({ scopes: ['certify'] })
    expect((await follow(body.transactionId, blind)).body.code).toBe('SCOPE_MISSING')
  })
})

describe('the time of a certificate', () => {
  test.each<[string, Payload, object]>([
    ['is over', { validTill: '2025-09-09T21:01:01.121Z' }, { state: 'expired', endDate: '2025-09-09T21:01:01.121Z' }],
    ['has not come', { validFrom: '2098-01-01' }, { state: 'not_yet_valid' }],
  ])('%s', async (_what, changes, said) => {
    const { certificateId } = await issued(changes)
    const verdict = await verdictOn(certificateId)
    expect(verdict).toMatchObject({ status: 200, certificateStatus: 'INVALID', ...said })
    // In the other form, too.
    const headers = { accept: 'application/vc' }
    const second = await ask(contract.certificate, { token, params: { certificateId }, headers })
    const { body } = await ask(contract.verifyCredential, { body: JSON.parse(text(second)) })
    expect(body.status).toMatchObject({ certificateStatus: 'INVALID', ...said })
    // Revoked says more.
    await revoke({ certificateId, entityName: ENTITY })
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'REVOKED' })
  })

  test('is not named where the payload names none', async () => {
    const { certificateId } = await issued({ validFrom: undefined, validTill: '' })
    const credential = JSON.parse(text(await get(certificateId, 'application/vc+ld+json')))
    expect(Object.keys(credential)).not.toEqual(expect.arrayContaining(['validFrom']))
    expect(Object.keys(credential)).not.toEqual(expect.arrayContaining(['expirationDate']))
    expect(await verdictOn(certificateId)).toMatchObject({ certificateStatus: 'VALID' })
  })
})

const OWN = { issuer: 'https://health.example', issuanceDate: '2021-10-17T13:10:00Z' }

/** A certificate of vaccination through the same door. */
async function aVaccination(): Promise<string> {
  const preEnrollmentCode = createHash('sha256').update(String(++count)).digest('hex').slice(0, 12)
  const body = { ...aRequest({ preEnrollmentCode }), ...OWN }
  const { body: answer } = await post(body, token, 'VaccinationCertificate')
  await issueWaiting()
  return (await follow(answer.transactionId)).body.certificateId
}

test('certificates of vaccination go through the same door', async () => {
  const certificateId = await aVaccination()
  const { body } = await get(certificateId, 'application/json', 'VaccinationCertificate')
  expect(body).toMatchObject({ certificateId, recipient: { name: updateExample[0]!.recipient.name } })
  const { state: _s, _osSignedData: _d, ...payload } = body
  const changed = { ...payload, ...OWN, recipient: { ...payload.recipient, name: 'Saraswathy' } }
  const { status, body: answer } = await put(changed, token, 'VaccinationCertificate')
  expect(status, JSON.stringify(answer)).toBe(200)
  await issueWaiting()
  expect(await verdictOn(certificateId, 'VaccinationCertificate')).toMatchObject({ state: 'replaced' })
})
