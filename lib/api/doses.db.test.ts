import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aFacility, ask, aToken, issueWaiting, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
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
  code = `A${++count}`
})
afterAll(() => api.close())

const item = (dose: number, changes = {}) => aRequest({ preEnrollmentCode: code, vaccination: { dose }, ...changes })
const moved = (from: number, to: number) => item(from, { meta: { correctedDose: to } })

async function certified(...doses: number[]): Promise<string[]> {
  const { body } = await ask(contract.certify, { token, body: doses.map((dose) => item(dose)) })
  await issueWaiting()
  return body.results.map((result: { certificateId: string }) => result.certificateId)
}

describe.each([
  ['v3', contract.updateCertificates, contract.certify, contract.transaction],
  ['divoc', contract.divocUpdateCertificates, contract.divocCertify, contract.divocTransaction],
] as const)('a move to another dose through the %s door', (_door, update, certify, transaction) => {
  test('is accepted, followed and issued; the old number is replaced', async () => {
    const [old] = await certified(1)
    const { status, body } = await ask(update, { token, body: [moved(1, 2)] })
    expect(status).toBe(200)
    expect(body.results[0]).toMatchObject({ dose: 1, correctedDose: 2, previousCertificateId: old, updatesUsed: 1 })
    const { transactionId } = body.results[0]
    const pending = await ask(transaction, { token, params: { transactionId } })
    expect(pending.body).toMatchObject({ dose: 1, correctedDose: 2, state: 'pending' })
    await issueWaiting()
    const done = await ask(transaction, { token, params: { transactionId } })
    expect(done.body).toMatchObject({ dose: 2, correctedDose: 2, state: 'issued' })
    const revoked = await ask(contract.revoked, { body: { evidence: [{ certificateId: old }] } })
    expect(revoked.status).toBe(200)
  })

  test('is refused with 412 and a sentence where the dose is taken or something is pending', async () => {
    await certified(1, 2)
    const taken = await ask(update, { token, body: [moved(1, 2)] })
    expect([taken.status, taken.body.code]).toEqual([412, 'DOSE_TAKEN'])
    await ask(update, { token, body: [moved(1, 3)] })
    const pending = await ask(update, { token, body: [item(1, { recipient: { name: 'Jane Doe' } })] })
    expect([pending.status, pending.body.code]).toEqual([412, 'UPDATE_PENDING'])
    const kept = await ask(certify, { token, body: [item(3)] })
    expect([kept.status, kept.body.code]).toEqual([412, 'DOSE_TAKEN'])
    expect(kept.body.details).toMatchObject([{ index: 0, path: '/vaccination/dose' }])
  })
})

describe('all doses of a person', () => {
  test('are listed from any certificate of any version, with what is kept for a move', async () => {
    const [first] = await certified(1, 2)
    await ask(contract.updateCertificates, { token, body: [item(1, { recipient: { name: 'Jane Doe' } })] })
    await issueWaiting()
    await ask(contract.updateCertificates, { token, body: [moved(2, 3)] })
    const { body } = await ask(contract.personDoses, { token, params: { certificateId: first! } })
    expect(body).toMatchObject({
      preEnrollmentCode: code,
      dose: 1,
      kept: [3],
      doses: [
        { dose: 1, blocked: null, certificate: { version: 2, updatesRemaining: 4 } },
        { dose: 2, blocked: 'being_issued' },
      ],
    })
  })

  test('are shown to nobody who may not see the certificate', async () => {
    const [first] = await certified(1)
    await aFacility(`F-${code}`)
    const other = await aToken({ facilityCode: `F-${code}` })
    const refused = await ask(contract.personDoses, { token: other, params: { certificateId: first! } })
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_YOUR_FACILITY'])
    const missing = await ask(contract.personDoses, { token, params: { certificateId: '1' } })
    expect(missing.status).toBe(404)
    expect((await ask(contract.personDoses, { params: { certificateId: first! } })).status).toBe(401)
  })

  test('of other programmes are not among them', async () => {
    const { body } = await ask(contract.certify, {
      token,
      body: [item(1, { programId: 'P1' }), item(2, { programId: 'P2' })],
    })
    await issueWaiting()
    const { certificateId } = body.results[0]
    const found = await ask(contract.personDoses, { token, params: { certificateId } })
    expect(found.body.doses.map((one: { dose: number }) => one.dose)).toEqual([1])
  })
})

test('If-Match of an array: the item that was changed meanwhile is named, and nothing is done', async () => {
  const [first, second] = await certified(1, 2)
  await ask(contract.updateCertificates, { token, body: [item(2, { vaccination: { dose: 2, batch: 'OTHER' } })] })
  const body = [1, 2].map((dose) => item(dose, { recipient: { name: 'Jane Doe' } }))
  const headers = { 'if-match': `"${second}", "${first}"` }
  const stale = await ask(contract.updateCertificates, { token, headers, body })
  expect(stale.status).toBe(412)
  expect(stale.body.details).toMatchObject([{ index: 1, code: 'STALE_VERSION' }])
  const { body: found } = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
  expect(found.lineages.map((view: { updatesUsed: number }) => view.updatesUsed)).toEqual([0, 1])
})
