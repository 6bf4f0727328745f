/** What verifiers hear about a certificate by its number: state, since when, the hash of what was issued; nothing about a person. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aRequest } from '@/lib/testing/builders'
import { ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
afterAll(() => api.close())

async function accepted(
  row: typeof contract.certify | typeof contract.updateCertificates,
  preEnrollmentCode: string,
  name: string,
  by = token,
): Promise<string> {
  const { body } = await ask(row, { token: by, body: [aRequest({ preEnrollmentCode, recipient: { name } })] })
  return body.results[0].certificateId
}

async function issued(name: string): Promise<{ code: string; certificateId: string }> {
  const code = `S${++count}`
  const certificateId = await accepted(contract.certify, code, name)
  await issueWaiting()
  return { code, certificateId }
}

const status = (certificateId: string, headers: Record<string, string> = {}) =>
  ask(contract.certificateStatus, { params: { certificateId }, headers })

describe('the status of a certificate', () => {
  test('names the hash of the credential exactly as signed, and nothing about a person', async () => {
    const { certificateId } = await issued('Sarasvathy T K')
    const { body } = await status(certificateId)
    const { bytes } = await ask(contract.certificateFile, { token, params: { certificateId, extension: 'jsonld' } })
    const { issuedAt } = (await ask(contract.certificate, { token, params: { certificateId } })).body
    const credentialHash = createHash('sha256').update(bytes).digest('hex')
    expect(body).toEqual({ certificateId, state: 'current', since: issuedAt, until: null, cause: null, credentialHash })
  })

  test('a replaced one says so from the moment its replacement is issued', async () => {
    const { code, certificateId } = await issued('John Doe')
    const next = await accepted(contract.updateCertificates, code, 'Jon Doe')
    expect((await status(certificateId)).body.state).toBe('current')
    expect((await status(next)).status).toBe(404)
    await issueWaiting()
    const { supersededAt } = (await ask(contract.certificate, { token, params: { certificateId } })).body
    expect((await status(certificateId)).body).toMatchObject({ state: 'superseded', since: supersededAt, until: null })
    expect((await status(next)).body.state).toBe('current')
  })

  test('revoked and suspended ones say since when, until when and why', async () => {
    const { certificateId } = await issued('Jane Doe')
    const asking = { token, params: { certificateId } }
    const reason = { cause: 'other' as const }
    const until = '2099-01-01T00:00:00.000Z'
    await ask(contract.suspendCertificate, { ...asking, body: { reason, until } })
    expect((await status(certificateId)).body).toMatchObject({ state: 'suspended', until, cause: 'other' })
    await ask(contract.liftSuspension, { ...asking, body: { reason } })
    expect((await status(certificateId)).body).toMatchObject({ state: 'current', until: null, cause: null })
    await ask(contract.revokeCertificate, { ...asking, body: { reason } })
    expect((await status(certificateId)).body).toMatchObject({ state: 'revoked', until: null, cause: 'other' })
  })

  test('numbers that were never issued are not found', async () => {
    for (const number of ['1', '999999999999', 'x', '../..', '%00', 'නි', "' or 1=1", '1'.repeat(500)]) {
      const answer = await status(number)
      expect(answer.status).toBe(404)
      expect(answer.body.code).toBe('NOT_FOUND')
    }
  })

  test('a certificate of the sandbox is none', async () => {
    const certificateId = await accepted(contract.certify, 'SANDBOX', 'Test Person', await aToken({ sandbox: true }))
    await issueWaiting()
    expect((await status(certificateId)).status).toBe(404)
  })

  test('is asked for again each time and answered with 304 while nothing changed', async () => {
    const { code, certificateId } = await issued('John Roe')
    const first = await status(certificateId)
    const etag = first.headers.get('etag')!
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect((await status(certificateId, { 'if-none-match': etag })).status).toBe(304)
    await accepted(contract.updateCertificates, code, 'Jon Roe')
    await issueWaiting()
    const after = await status(certificateId, { 'if-none-match': etag })
    expect(after.status).toBe(200)
    expect(after.body.state).toBe('superseded')
  })

  test('pages of other origins may ask', async () => {
    const { certificateId } = await issued('Jo Doe')
    const answer = await status(certificateId, { origin: 'https://verify.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await ask(contract.certificateStatus, { params: { certificateId }, method: 'OPTIONS' })).status).toBe(204)
  })
})
