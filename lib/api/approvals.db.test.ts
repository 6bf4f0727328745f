import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '@/lib/openings/openings'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, startApi } from '@/lib/testing/api'
import { aCaller, aRequest } from '@/lib/testing/builders'
import { VACCINATION } from '@/lib/testing/vaccination'
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

  test('who decides and who asked reveal the old and the new values with a reason; colleagues only what is accepted', async () => {
    const { code, certificateId } = await certified()
    const [old, next] = [(aRequest().recipient as { identity: string }).identity, 'did:lk.nic:660000007V']
    const item = aRequest({ preEnrollmentCode: code, recipient: { ...OTHER.recipient, identity: next } })
    const { body } = await ask(contract.updateCertificates, as(clerk, { body: [item] }))
    const params = { requestId: body.results[0].approval.requestId as string }
    const read = await ask(contract.approval, as(supervisor, { params }))
    expect(JSON.stringify(read.body)).not.toContain(next)
    const change = read.body.changes.find(({ path }: { path: string }) => path === 'recipient.identity')
    const reveal = (cookie: string, sent: object = { reason: 'correct' }) =>
      ask(contract.revealValues, as(cookie, { params: { certificateId }, body: sent }))
    for (const cookie of [supervisor, clerk]) {
      expect((await ask(contract.approval, { cookie, params })).body.mayReveal).toBe(true)
      expect((await reveal(cookie, {})).status).toBe(400)
      const { body: shown } = await reveal(cookie)
      const behind = (marker: string) => shown.values.find(({ hidden }: { hidden: string }) => hidden === marker)?.value
      expect([behind(change.before), behind(change.after)]).toEqual([old, next])
      const again = await ask(contract.revealedValues, { cookie, params: { certificateId } })
      expect(again.body.reveal).toEqual(shown)
    }
    const colleague = await reveal(await signedIn({ facilityCode: 'NORTH' }))
    expect(JSON.stringify(colleague.body)).toContain(old)
    expect(JSON.stringify(colleague.body)).not.toContain(next)
    const elsewhere = await signedIn({ facilityCode: 'SOUTH', roles: ['supervisor'] })
    expect((await reveal(elsewhere)).body.code).toBe('NOT_YOUR_FACILITY')
    const lines = await liveContext().db.auditEvent.findMany({ where: { certificateId, action: 'record.revealed' } })
    expect(lines).toHaveLength(3)
    expect(JSON.stringify(lines.map(({ detail }) => detail))).not.toContain('660000007')
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
    const isOpen = async () => (await ask(contract.approval, as(south, { params }))).body.mayReveal
    expect(await isOpen()).toBe(true)
    await liveContext().db.$executeRaw`update opening set ended_at = now() where operator_id = ${person.id}::uuid`
    expect(await isOpen()).toBe(false)
    const ended = await ask(contract.approval, as(south, { params }))
    expect(ended.body).toMatchObject({ state: 'queued', readable: false, changes: [], reason: null, record: {} })
    expect(JSON.stringify(ended.body)).not.toContain(OTHER.recipient.name)
    const late = await ask(contract.revealValues, as(south, { params: { certificateId }, body: { reason: 'correct' } }))
    expect(late.body.code).toBe('NOT_YOUR_FACILITY')
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

describe('where the type asks a second person about source systems, too', () => {
  beforeAll(async () => {
    const admin = await signedIn({ roles: ['administrator'] })
    const name = 'VaccinationCertificate'
    const { body: first } = await ask(contract.typeVersion, {
      cookie: admin,
      params: { name, version: VACCINATION.version },
    })
    const type = JSON.parse(first.document)
    type.approval.of = ['operator', 'client']
    const body = { document: JSON.stringify(type), files: first.files, note: 'Source systems, too' }
    const kept = await ask(contract.addTypeDraft, as(admin, { params: { name }, body }))
    const { version, checksum } = kept.body
    const published = await ask(contract.publishType, as(admin, { params: { name, version }, body: { checksum } }))
    expect(published.status, JSON.stringify(published.body)).toBe(200)
  })

  async function asked() {
    const { code, certificateId } = await certified()
    const item = aRequest({ preEnrollmentCode: code, ...OTHER })
    const { status, body } = await ask(contract.updateCertificates, { token, body: [item] })
    expect([status, body.results[0]]).toMatchObject([
      200,
      {
        status: 'awaiting_approval',
        transactionId: null,
        certificateId: null,
        updatesUsed: 0,
        approval: { reasons: ['name_and_birth_date', 'large_name_change'] },
      },
    ])
    return { code, certificateId, item, params: { requestId: body.results[0].approval.requestId as string } }
  }

  test('a client asks, answers, is approved, and the new certificate is issued', async () => {
    const { code, certificateId, item, params } = await asked()
    const repeated = await ask(contract.updateCertificates, { token, body: [item] })
    expect(repeated.body.results[0].approval.requestId).toBe(params.requestId)
    const read = await ask(contract.approval, { token, params })
    expect(read.body).toMatchObject({ state: 'queued', certificateId, requestedBy: { you: true } })
    expect(read.body.record.recipient).toMatchObject({ identity: (item.recipient as { identity: string }).identity })
    expect((await ask(contract.approvals, { token })).body.requests[0].requestId).toBe(params.requestId)

    const question = { params, body: { question: 'Which document?' } }
    expect((await ask(contract.askRequester, as(supervisor, question))).body.state).toBe('waiting-for-information')
    const answered = await ask(contract.answerQuestion, { token, params, body: { answer: 'The passport.' } })
    expect(answered.body).toMatchObject({ state: 'in-review', may: { decide: false, withdraw: true } })
    expect(answered.body.messages.map(({ text }: { text: string }) => text)).toEqual([
      'Which document?',
      'The passport.',
    ])

    const approved = await ask(contract.approveRequest, as(supervisor, { params, body: {} }))
    expect([approved.status, approved.body.state]).toEqual([200, 'accepted'])
    await issueWaiting()
    const done = await ask(contract.approval, { token, params })
    expect(done.body.state).toBe('amendment-completed')
    const lineage = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    expect(lineage).toMatchObject({
      updatesUsed: 1,
      holderName: 'Somebody Else',
      approval: null,
      current: { certificateId: done.body.newCertificateId },
    })
    expect(lineage.history[0].by).toMatchObject({ kind: 'client', name: read.body.requestedBy.name })
    expect(done.body.newCertificateId).not.toBe(certificateId)
    const state = await ask(contract.certificate, { token, params: { certificateId } })
    expect(state.body.state).toBe('superseded')
  })

  test('who made a client or gave it its token does not approve what it asks, however long ago; others do', async () => {
    const { params } = await asked()
    const { body } = await ask(contract.approval, { token, params })
    const { id: clientId } = (await liveContext().db.apiClient.findFirst({ where: { name: body.requestedBy.name } }))!
    const facts = { facilityCode: 'NORTH', roles: ['administrator' as const, 'supervisor' as const] }
    const both = await signedIn(facts)
    const isAble = async () => (await ask(contract.approval, as(both, { params }))).body.cannotDecide === null
    expect(await isAble()).toBe(true)
    const { id } = (await liveContext().db.operator.findFirst({ orderBy: { createdAt: 'desc' } }))!
    await liveContext().db.$executeRaw`
      insert into audit_event (at, action, actor_kind, actor_id, actor_name, detail)
      values (now() - interval '300 days', 'client.token_replaced', 'operator', ${id}, 'x',
              jsonb_build_object('clientId', ${clientId}::text))`
    expect(await isAble()).toBe(false)
    for (const row of [contract.approveRequest, contract.rejectRequest]) {
      const refused = await ask(row, as(both, { params, body: { note: '', reason: 'So.' } }))
      expect([refused.status, refused.body.code]).toEqual([403, 'SECOND_PERSON_NEEDED'])
    }
    expect((await ask(contract.approveRequest, as(supervisor, { params, body: {} }))).body.state).toBe('accepted')
  })

  test('a client withdraws its own request, and no other client reads, answers or withdraws it', async () => {
    const { code, certificateId, params } = await asked()
    const other = await aToken({ facilityCode: 'NORTH' })
    for (const refused of [
      await ask(contract.approval, { token: other, params }),
      await ask(contract.answerQuestion, { token: other, params, body: { answer: 'Mine.' } }),
      await ask(contract.withdrawRequest, { token: other, params }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ALLOWED'])
    }
    const withdrawn = await ask(contract.withdrawRequest, { token, params })
    expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'requester-cancelled'])
    const late = await ask(contract.approveRequest, as(supervisor, { params, body: {} }))
    expect([late.status, late.body.code]).toEqual([409, 'APPROVAL_STATE'])
    await issueWaiting()
    const lineage = (await ask(contract.lineages, { token, query: { preEnrollmentCode: code } })).body.lineages[0]
    expect(lineage).toMatchObject({ updatesUsed: 0, approval: null, current: { certificateId } })
  })
})
