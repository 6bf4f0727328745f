import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aRequest } from '@/lib/testing/builders'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let code: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
beforeEach(() => {
  code = `V${++count}`
})
afterAll(() => api.close())

const revoked = async (body: unknown) => (await ask(contract.revoked, { body })).status

async function signed(certificateId: string) {
  return (await ask(contract.certificate, { token, params: { certificateId } })).body.credential
}

async function accept(
  row: typeof contract.certify | typeof contract.updateCertificates,
  name: string,
): Promise<string> {
  const { body } = await ask(row, { token, body: [aRequest({ preEnrollmentCode: code, recipient: { name } })] })
  return body.results[0].certificateId
}

describe('was this certificate replaced or revoked?', () => {
  test('404 while it is current; 200 from the moment its replacement is issued, 404 for the replacement', async () => {
    const first = await accept(contract.certify, 'John Doe')
    await issueWaiting()
    const old = await signed(first)
    expect(await revoked(old)).toBe(404)
    const second = await accept(contract.updateCertificates, 'Jon Doe')
    expect(await revoked(old)).toBe(404)
    await issueWaiting()
    expect(await revoked(old)).toBe(200)
    expect(await revoked(await signed(second))).toBe(404)
  })

  test('the certificate number alone decides', async () => {
    const first = await accept(contract.certify, 'John Doe')
    await issueWaiting()
    await accept(contract.updateCertificates, 'Jon Doe')
    await issueWaiting()
    expect(await revoked({ evidence: [{ certificateId: first }] })).toBe(200)
    expect(await revoked({ evidence: [{ certificateId: first, dose: 7 }], credentialSubject: { refId: 'x' } })).toBe(
      200,
    )
    expect(await revoked({ evidence: [{ certificateId: '1' }] })).toBe(404)
  })

  test.each([
    ['nothing', {}],
    ['a list', []],
    ['null', null],
    ['no evidence', { evidence: [] }],
    ['evidence that is no list', { evidence: { certificateId: '1' } }],
    ['a number for a number', { evidence: [{ certificateId: 448086902 }] }],
    ['an empty number', { evidence: [{ certificateId: '' }] }],
    ['an age that is no text', { evidence: [{ certificateId: '1' }], credentialSubject: { age: 31 } }],
    ['a date without milliseconds', { evidence: [{ certificateId: '1', date: '2021-10-17T13:10:00Z' }] }],
    ['a date that is no date', { evidence: [{ certificateId: '1', date: 'yesterday' }] }],
  ])('%s is malformed, never "not revoked"', async (_what, body) => {
    expect(await revoked(body)).toBe(400)
  })

  test('verifiers in browsers of other origins may ask', async () => {
    const answer = await ask(contract.divocRevoked, { body: {}, headers: { origin: 'https://verify.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const preflight = await ask(contract.divocRevoked, { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
  })
})
