import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { aRequest } from '@/lib/testing/builders'
import { ask, aToken, startApi } from '@/lib/testing/api'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('a request leaves one line in the log, with the template of its address, what it accepts another with the same id, and nothing that was sent', async () => {
  const token = await aToken()
  const written = vi.spyOn(log(), 'info')
  const body = [aRequest({ preEnrollmentCode: 'SECRET-1', recipient: { name: 'Hidden Person' } })]
  const { body: answer } = await ask(contract.certify, { token, body, headers: { 'x-request-id': 'of-this-test' } })
  await ask(contract.latestPdf, { token, params: { preEnrollmentCode: 'SECRET-1' } })
  await ask(contract.lineages, { token: 'errata_unknown', query: { preEnrollmentCode: 'SECRET-1' } })
  await ask(contract.certify, { token, raw: '[{"name": "Hidden Person"' })
  expect(written.mock.calls.map(([line]) => line)).toMatchObject([
    { requestId: 'of-this-test', kind: 'certify', transactionIds: [answer.results[0].transactionId] },
    {
      method: 'POST',
      route: '/v3/certify',
      status: 200,
      caller: expect.stringMatching(/^client:/),
      requestId: 'of-this-test',
    },
    { method: 'GET', route: '/certificate/api/certificatePDF/{preEnrollmentCode}', status: 404, code: 'NOT_FOUND' },
    { method: 'GET', route: '/v3/certificates', status: 401, code: 'UNAUTHENTICATED' },
    { method: 'POST', route: '/v3/certify', status: 400, code: 'MALFORMED_JSON' },
  ])
  const text = JSON.stringify(written.mock.calls)
  for (const secret of ['SECRET-1', 'Hidden', 'John', token, 'unknown']) expect(text).not.toContain(secret)
})
