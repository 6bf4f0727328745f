import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { hashToken } from '@/lib/auth/tokens'
import { aRequest } from '@/lib/testing/builders'
import { ask, anOperator, aToken, cookieOf, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const clientIdOf = async (token: string) =>
  (await liveContext().db.apiClient.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } })).id

describe('the last calls of a source system', () => {
  test('show what was asked and why it was refused, at once and under the ids of the answers', async () => {
    const token = await aToken()
    const accepted = await ask(contract.certify, {
      token,
      body: [aRequest({ preEnrollmentCode: 'CALLS-1' })],
      headers: { 'x-request-id': 'my-own-id.1' },
    })
    const refused = await ask(contract.updateCertificates, { token, body: [aRequest({ recipient: { dob: 'soon' } })] })
    expect(accepted.headers.get('x-request-id')).toBe('my-own-id.1')
    expect(refused.body.reference).toBe(refused.headers.get('x-request-id'))
    const { body } = await ask(contract.calls, { token })
    expect(body.client).toMatchObject({ sandbox: false, facilityCode: null, batch: 'all', ratePerMinute: 6000 })
    expect(body.calls).toMatchObject([
      {
        requestId: refused.body.reference,
        method: 'PUT',
        route: '/v3/certificate',
        status: 400,
        code: 'VALIDATION_ERROR',
        message: refused.body.message,
        details: refused.body.details,
      },
      { requestId: 'my-own-id.1', method: 'POST', route: '/v3/certify', status: 200, code: null, details: [] },
    ])
  })

  test('hold nothing of what was sent, however it was wrong', async () => {
    const token = await aToken()
    const secret = 'Zyxwvut'
    const wrong: unknown[] = [
      aRequest({ recipient: { name: `${secret}\u0007` } }),
      aRequest({ preEnrollmentCode: `<${secret}>`, recipient: { identity: `"${secret}"` } }),
      aRequest({ recipient: { dob: secret, contact: [secret, ''] } }),
      aRequest({ vaccination: { date: secret, effectiveUntil: secret, dose: 1.5 } }),
      aRequest({ recipient: { name: `${secret}\u202e` }, facility: { name: `${secret}\ud800` } }),
      aRequest({ recipient: { name: secret.repeat(60) } }),
      { [secret]: secret, recipient: { [secret]: { [secret]: secret } }, vaccination: secret },
      { ...aRequest(), meta: { [secret]: `${secret}\u0000` }, reason: { cause: secret } },
      secret,
    ]
    for (const one of wrong) await ask(contract.certify, { token, body: [one] })
    await ask(contract.certify, { token, body: wrong })
    await ask(contract.certify, { token, raw: `[{"name": "${secret}" oops` })
    await ask(contract.certify, { token, raw: `[{"__proto__": "${secret}"}]` })
    await ask(contract.certify, { token, body: [], headers: { 'idempotency-key': `${secret} ${secret}` } })
    await ask(contract.updateCertificates, { token, body: [aRequest()], headers: { 'if-match': secret } })
    await ask(contract.updateCertificates, { token, body: [aRequest({ preEnrollmentCode: secret })] })
    await ask(contract.lineages, { token, query: { preEnrollmentCode: secret, dose: secret } })
    await ask(contract.certificate, { token, params: { certificateId: secret }, headers: { accept: secret } })
    await ask(contract.certificateFile, { token, params: { certificateId: secret, extension: secret } })
    await ask(contract.transaction, { token, params: { transactionId: secret } })
    await ask(contract.latestPdf, { token, params: { preEnrollmentCode: secret } })
    const { body } = await ask(contract.calls, { token })
    expect(body.calls.length).toBeGreaterThan(15)
    expect(body.calls.filter(({ status }: { status: number }) => status < 400)).toEqual([])
    expect(JSON.stringify(body.calls)).not.toContain(secret)
  })

  test('are the own ones only, for tokens only, and asking for them is none', async () => {
    const [mine, other] = [await aToken(), await aToken()]
    await ask(contract.lineages, { token: other, query: { preEnrollmentCode: 'x' } })
    expect((await ask(contract.calls, { token: mine })).body.calls).toEqual([])
    expect((await ask(contract.calls, { token: mine })).body.calls).toEqual([])
    const cookie = await cookieOf(await anOperator())
    expect(await ask(contract.calls, { cookie })).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } })
    expect((await ask(contract.calls)).status).toBe(401)
  })

  test('are open to administrators and to nobody else', async () => {
    const token = await aToken({ sandbox: true })
    await ask(contract.lineages, { token, query: { preEnrollmentCode: 'x' } })
    const params = { clientId: await clientIdOf(token) }
    const administrator = await cookieOf(await anOperator({ roles: ['administrator'] }))
    const seen = await ask(contract.clientCalls, { cookie: administrator, params })
    expect(seen.body).toMatchObject({ client: { ...params, sandbox: true }, calls: [{ route: '/v3/certificates' }] })
    expect((await ask(contract.clientCalls, { cookie: await cookieOf(await anOperator()), params })).status).toBe(403)
    expect((await ask(contract.clientCalls, { token, params })).status).toBe(403)
    for (const clientId of [randomUUID(), 'no-such-client']) {
      expect((await ask(contract.clientCalls, { cookie: administrator, params: { clientId } })).status).toBe(404)
    }
  })

  test('one refused because there were too many is among them', async () => {
    const token = await aToken({ ratePerMinute: 1 })
    const query = { preEnrollmentCode: 'x' }
    let status = 200
    while (status === 200) ({ status } = await ask(contract.lineages, { token, query }))
    const clientId = await clientIdOf(token)
    const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
    const { body } = await ask(contract.clientCalls, { cookie, params: { clientId } })
    expect(body.calls[0]).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
  })
})
