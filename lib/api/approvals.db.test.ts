import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '@/lib/openings/openings'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aCaller, aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let clerk: string
let supervisor: string

const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const signedIn = async (facts: Parameters<typeof anOperator>[0] = {}) => cookieOf(await anOperator(facts))

beforeAll(async () => {
  api = await startApi()
  await aFacility('NORTH')
  await aFacility('SOUTH')
  token = await aToken({ facilityCode: 'NORTH' })
  clerk = await signedIn({ facilityCode: 'NORTH' })
  supervisor = await signedIn({ facilityCode: 'NORTH', roles: ['supervisor'] })
})
afterAll(() => api.close())

const as = (cookie: string, asking: Parameters<typeof ask>[1] = {}) => ({ cookie, headers: OWN_PAGE, ...asking })
const OTHER = { recipient: { name: 'Somebody Else', dob: '1980-01-01' } }

async function certified() {
  const code = randomUUID()
  const { body } = await ask(contract.certify, { token, body: [aRequest({ preEnrollmentCode: code })] })
  await issueWaiting()
  return { code, certificateId: body.results[0].certificateId as string }
}

async function requested(by = clerk) {
  const { code, certificateId } = await certified()
  const item = aRequest({ preEnrollmentCode: code, ...OTHER })
  const headers = { ...OWN_PAGE, 'if-match': `"${certificateId}"` }
  const { status, body } = await ask(contract.updateCertificates, { cookie: by, headers, body: [item] })
  expect([status, body.results[0].status]).toEqual([200, 'awaiting_approval'])
  return { code, certificateId, item, params: { requestId: body.results[0].approval.requestId as string } }
}

describe('requests for a second person over the API', () => {
  test('from the preview to the new certificate: everything as documented', async () => {
    const { certificateId, item, code, params } = await requested()
    const preview = await ask(contract.preview, as(clerk, { body: { item, certificateId, want: [] } }))
    expect(preview.body.approval).toEqual(['name_and_birth_date', 'large_name_change'])
    expect((await ask(contract.approvals, as(clerk))).body.requests[0]).toMatchObject({ state: 'queued' })
    expect((await ask(contract.approvalsWaiting, as(supervisor))).body.toDecide).toBeGreaterThan(0)
    const asked = await ask(contract.askRequester, as(supervisor, { params, body: { question: 'Why?' } }))
    expect([asked.status, asked.body.state]).toEqual([200, 'waiting-for-information'])
    expect((await ask(contract.answerQuestion, as(clerk, { params, body: { answer: 'So.' } }))).body.state).toBe(
      'in-review',
    )
    const own = await ask(contract.approveRequest, as(clerk, { params, body: {} }))
    expect([own.status, own.body.code]).toEqual([403, 'NOT_ALLOWED'])
    const approved = await ask(contract.approveRequest, as(supervisor, { params, body: {} }))
    expect([approved.status, approved.body.state]).toEqual([200, 'accepted'])
    await issueWaiting()
    expect((await ask(contract.approval, as(clerk, { params }))).body).toMatchObject({ state: 'amendment-completed' })
    const late = await ask(contract.rejectRequest, as(supervisor, { params, body: { reason: 'Too late' } }))
    expect([late.status, late.body.code]).toEqual([409, 'APPROVAL_STATE'])
    const lineage = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    expect(lineage).toMatchObject({ updatesUsed: 1, holderName: 'Somebody Else', approval: null })
  })

  test('identity numbers and contacts stay hidden in what people are answered', async () => {
    const { params } = await requested()
    const { body } = await ask(contract.approval, as(supervisor, { params }))
    expect(body.record.recipient.identity).toMatch(/^errata-hidden:/)
    expect(JSON.stringify(body)).not.toContain(
      String(aRequest().recipient && (aRequest().recipient as { identity: string }).identity),
    )
  })

  test('a question without words, half a character, an unknown list: refused by name', async () => {
    const { params } = await requested()
    for (const question of ['', ' ', '\ud800', '\u202e\u0000']) {
      expect((await ask(contract.askRequester, as(supervisor, { params, body: { question } }))).status).toBe(400)
    }
    expect((await ask(contract.approvals, as(clerk, { query: { list: 'all' } }))).status).toBe(400)
    expect((await ask(contract.approvals, as(clerk, { query: { after: '\ud800' } }))).status).toBe(400)
  })

  test('tokens read and withdraw their own, and decide nothing', async () => {
    const { params } = await requested()
    const read = await ask(contract.approval, { token, params })
    expect([read.status, read.body.code]).toEqual([403, 'NOT_ALLOWED'])
    expect((await ask(contract.approvals, { token })).body.requests).toEqual([])
    expect((await ask(contract.approveRequest, { token, params, body: {} })).status).toBe(403)
    expect((await ask(contract.approval, { token: await aToken({ scopes: ['read'] }), params })).body.code).toBe(
      'SCOPE_MISSING',
    )
  })

  test('a source system’s own update is accepted as ever', async () => {
    const { code } = await certified()
    const { body } = await ask(contract.updateCertificates, {
      token,
      body: [aRequest({ preEnrollmentCode: code, ...OTHER })],
    })
    expect(body.results[0].status).toBe('accepted')
  })

  test('another facility’s record that was opened: the owner’s supervisor decides, not the asker’s', async () => {
    const { code, certificateId } = await certified()
    const person = await anOperator({ facilityCode: 'SOUTH' })
    const [south, chief] = [await cookieOf(person), await signedIn({ facilityCode: 'SOUTH', roles: ['supervisor'] })]
    const change = () =>
      ask(
        contract.updateCertificates,
        as(south, { body: [aRequest({ preEnrollmentCode: code, vaccination: { batch: 'SOUTH1' } })] }),
      )
    expect((await change()).body.code).toBe('NOT_YOUR_FACILITY')
    const reader = aCaller({ kind: 'operator', id: person.id, facilityCode: 'SOUTH', roles: ['operator'] })
    await openRecord(liveContext(), reader, { certificateId, reason: 'other', note: 'The holder stands here.' })
    const { body } = await change()
    expect(body.results[0]).toMatchObject({ status: 'awaiting_approval', approval: { reasons: ['other_facility'] } })
    const params = { requestId: body.results[0].approval.requestId }
    expect((await ask(contract.approveRequest, as(chief, { params, body: {} }))).body.code).toBe('NOT_YOUR_FACILITY')
    expect((await ask(contract.approveRequest, as(supervisor, { params, body: {} }))).body.state).toBe('accepted')
    await issueWaiting()
    const seen = await ask(contract.approval, as(south, { params }))
    expect(seen.body).toMatchObject({ state: 'amendment-completed', history: [] })
  })

  test('beyond the limit: asked for, granted with a reason', async () => {
    const { code } = await certified()
    for (const batch of ['1', '2', '3', '4', '5']) {
      await ask(contract.updateCertificates, {
        token,
        body: [aRequest({ preEnrollmentCode: code, vaccination: { batch } })],
      })
      await issueWaiting()
    }
    const found = await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })
    const { certificateId } = found.body.lineages[0].current
    const item = aRequest({ preEnrollmentCode: code, vaccination: { batch: '6' } })
    const asked = await ask(contract.askBeyondLimit, as(clerk, { body: { certificateId, item, note: 'Please' } }))
    const params = { requestId: asked.body.results[0].approval.requestId }
    const bare = await ask(contract.approveRequest, as(supervisor, { params, body: {} }))
    expect([bare.status, bare.body.details[0].path]).toEqual([400, '/note'])
    const granted = await ask(contract.approveRequest, as(supervisor, { params, body: { note: 'Our mistake' } }))
    expect(granted.body).toMatchObject({ state: 'accepted', extraUpdate: true })
  })
})
