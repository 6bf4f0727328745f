import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { forgetExpiredDrafts } from './store-draft'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let asha: string
let code: string
let certificateId: string
let count = 0

const WRITE = { 'sec-fetch-site': 'same-origin' }
const TYPED = 'Saraswathy \u0000 "<b>\ud800 வி'
const content = (more: object = {}) => ({
  fields: { 'recipient.name': TYPED, 'recipient.contact': ['tel:0771234567', ''], 'recipient.dob': '1957-13-' },
  reason: { requestedBy: 'holder', cause: '', note: 'typed by phone' },
  moveTo: 2,
  form: randomUUID(),
  after: null,
  ...more,
})

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  await aFacility('MAH')
})
beforeEach(async () => {
  code = `D${++count}`
  asha = await cookieOf(await anOperator({ roles: ['operator', 'supervisor'] }))
  certificateId = await certified()
})
afterAll(() => api.close())

async function certified(changes = {}): Promise<string> {
  const body = [aRequest({ preEnrollmentCode: code, ...changes })]
  const answer = await ask(contract.certify, { token, body })
  await issueWaiting()
  return answer.body.results[0].certificateId
}

async function updated(name: string): Promise<string> {
  const answer = await ask(contract.updateCertificates, {
    token,
    body: [aRequest({ preEnrollmentCode: code, recipient: { name } })],
  })
  await issueWaiting()
  return answer.body.results[0].certificateId
}

const save = (body: object = content(), cookie = asha, id = certificateId) =>
  ask(contract.saveDraft, { cookie, headers: WRITE, params: { certificateId: id }, body })
const read = (cookie = asha, id = certificateId) => ask(contract.draft, { cookie, params: { certificateId: id } })
const drop = (cookie = asha, id = certificateId) =>
  ask(contract.dropDraft, { cookie, headers: WRITE, params: { certificateId: id } })
const list = async (cookie = asha) => (await ask(contract.drafts, { cookie })).body.drafts
const rows = () => liveContext().db.draft.findMany({ where: { certificateId } })

describe('a draft', () => {
  test('is there again exactly as it was typed, also what no certificate could hold', async () => {
    expect((await read()).body).toEqual({ draft: null })
    const saved = await save()
    expect(saved.status).toBe(200)
    const { form: _, after: __, ...typed } = content()
    expect((await read()).body.draft).toEqual({ ...typed, certificateId, ...saved.body })
    expect(Date.parse(saved.body.expiresAt) - Date.parse(saved.body.savedAt)).toBe(24 * 60 * 60 * 1000)
  })

  test('does not stand in the database: no typed value, no reason, no name of a field, in no table', async () => {
    const secret = `Zq${randomUUID()}`
    await save(
      content({ fields: { 'recipient.name': secret }, reason: { requestedBy: secret, cause: '', note: secret } }),
    )
    const { db } = liveContext()
    const tables = await db.$queryRaw<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`
    expect(tables.length).toBeGreaterThan(10)
    // Bytes are shown as hex in a row's text.
    for (const { name } of tables) {
      const found = await db.$queryRawUnsafe<{ n: bigint }[]>(
        `select count(*) as n from ${name} as t where t::text like $1 or t::text like $2`,
        `%${secret}%`,
        `%${Buffer.from(secret).toString('hex')}%`,
      )
      expect(found[0]!.n, name).toBe(0n)
    }
    const [row] = await rows()
    expect(Buffer.from(row!.sealed).includes('recipient')).toBe(false)
  })

  test('belongs to one operator: another finds none, cannot remove it, and has one of the own', async () => {
    await save()
    const ben = await cookieOf(await anOperator())
    expect((await read(ben)).body).toEqual({ draft: null })
    expect(await list(ben)).toEqual([])
    expect((await drop(ben)).body).toEqual({ deleted: false })
    await save(content({ fields: { 'recipient.name': 'Ben was here' } }), ben)
    expect((await read()).body.draft.fields['recipient.name']).toBe(TYPED)
    expect((await read(ben)).body.draft.fields).toEqual({ 'recipient.name': 'Ben was here' })
  })

  test('cannot be read in the place of another: a row moved to another operator or certificate opens no more', async () => {
    await save()
    const ben = await anOperator()
    await liveContext().db.draft.updateMany({ where: { certificateId }, data: { operatorId: ben.id } })
    expect((await read(await cookieOf(ben))).body).toEqual({ draft: null })
    expect(await rows()).toEqual([])
  })

  test('is for people who may read the certificate, and for no access token', async () => {
    const clerk = await anOperator({ facilityCode: 'MAH' })
    const foreign = await cookieOf(clerk)
    expect((await save(content(), foreign)).body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
    expect((await read(foreign)).status).toBe(403)
    expect((await save(content(), asha, '000')).status).toBe(404)
    expect((await ask(contract.draft, { token, params: { certificateId } })).status).toBe(403)
    expect((await ask(contract.saveDraft, { params: { certificateId }, body: content() })).status).toBe(401)
    const elsewhere = { origin: 'https://evil.example', host: new URL(ORIGIN).host }
    const forged = await ask(contract.saveDraft, {
      cookie: asha,
      headers: elsewhere,
      params: { certificateId },
      body: content(),
    })
    expect(forged.body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect(await rows()).toEqual([])
  })

  test('of somebody who was moved to another facility is not shown any more', async () => {
    const operator = await anOperator()
    const cookie = await cookieOf(operator)
    await save(content(), cookie)
    await liveContext().db.operator.update({ where: { id: operator.id }, data: { facilityCode: 'MAH' } })
    expect(await list(cookie)).toEqual([])
    expect((await read(cookie)).status).toBe(403)
    expect((await drop(cookie)).body).toEqual({ deleted: true })
  })

  test.each([
    ['a value longer than any field', { fields: { 'recipient.name': 'x'.repeat(2001) } }, 400],
    [
      'more than a form can hold',
      { fields: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, 'x'.repeat(2000)])) },
      413,
    ],
    ['a field that is an object', { fields: { 'recipient.name': { toString: 'x' } } }, 400],
    ['a path that is none', { fields: { 'recipient..name': 'x' } }, 400],
    ['something else beside', { fields: {}, more: 1 }, 400],
  ])('refuses %s', async (_what, more, status) => {
    expect((await save(content(more))).status).toBe(status)
    expect(await rows()).toEqual([])
  })

  test('does not take __proto__ for a field', async () => {
    const raw = `{"fields":{"__proto__":"x"},"reason":{"requestedBy":"","cause":"","note":""},"form":"${randomUUID()}","after":null}`
    const answer = await ask(contract.saveDraft, {
      cookie: asha,
      headers: { ...WRITE, 'content-type': 'application/json' },
      params: { certificateId },
      raw,
    })
    expect(answer.status).toBe(400)
  })
})

describe('a draft that is written from two places', () => {
  test('is not overwritten unseen: the older page is told, and may go on when it has seen the newer one', async () => {
    const here = randomUUID()
    const there = randomUUID()
    const first = await save(content({ form: here }))
    const second = await save(
      content({ form: there, after: first.body.savedAt, fields: { 'recipient.name': 'there' } }),
    )
    expect(second.status).toBe(200)
    const stale = await save(content({ form: here, after: first.body.savedAt }))
    expect(stale.body).toMatchObject({ code: 'DRAFT_CHANGED' })
    expect((await read()).body.draft.fields).toEqual({ 'recipient.name': 'there' })
    const knowing = await save(content({ form: here, after: second.body.savedAt }))
    expect(knowing.status).toBe(200)
  })

  test('a write whose answer was lost may be sent again', async () => {
    const body = content()
    expect((await save(body)).status).toBe(200)
    expect((await save(body)).status).toBe(200)
    expect(await rows()).toHaveLength(1)
  })

  test('two forms that begin at once: one wins, the other is told', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => save()))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
  })
})

describe('the life of a draft', () => {
  test('ends after 24 hours: it is not read, not listed, not in the way, and removed', async () => {
    await save()
    await liveContext().db.draft.updateMany({ where: { certificateId }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect((await read()).body).toEqual({ draft: null })
    expect((await save()).status).toBe(200)
    await liveContext().db.draft.updateMany({ where: { certificateId }, data: { expiresAt: new Date(Date.now() - 1) } })
    await forgetExpiredDrafts(liveContext().db, new Date())
    expect(await rows()).toEqual([])
  })

  test('ends when it is sent, and not when the correction is refused or only tried', async () => {
    const item = aRequest({ preEnrollmentCode: code, recipient: { name: 'Samuel' } })
    const send = (more: object) =>
      ask(contract.updateCertificates, {
        cookie: asha,
        body: [item],
        ...more,
        headers: { ...WRITE, 'if-match': `"${certificateId}"`, ...(more as { headers?: object }).headers },
      })
    await save()
    expect((await send({ query: { dryRun: 'true' } })).status).toBe(200)
    expect((await send({ headers: { 'if-match': '"1"' } })).status).toBe(412)
    expect(await list()).toHaveLength(1)
    expect((await send({})).body.results[0].status).toBe('accepted')
    expect(await list()).toEqual([])
    expect((await read()).body).toEqual({ draft: null })
  })

  test('goes on when somebody else replaces the certificate: it is found from the new one, and says where it began', async () => {
    await save()
    const newest = await updated('Samuel')
    expect((await read(asha, newest)).body.draft).toMatchObject({ certificateId, fields: { 'recipient.name': TYPED } })
    expect(await list()).toMatchObject([
      { certificateId, preEnrollmentCode: code, dose: 1, initials: 'J. D.', replaced: true },
    ])
    await save(content({ fields: { 'recipient.name': 'Merged' } }), asha, newest)
    expect(await list()).toMatchObject([{ certificateId: newest, replaced: false }])
    expect(await rows()).toEqual([])
  })

  test('with another secret is none, and is in nobody’s way', async () => {
    await save()
    await liveContext().db.draft.updateMany({ where: { certificateId }, data: { sealed: new Uint8Array(40).fill(1) } })
    expect((await read()).body).toEqual({ draft: null })
    expect((await save()).status).toBe(200)
  })

  test('goes with its operator', async () => {
    const operator = await anOperator()
    await save(content(), await cookieOf(operator))
    await liveContext().db.operator.delete({ where: { id: operator.id } })
    expect(await rows()).toEqual([])
  })
})

test('the list says initials and no name', async () => {
  await save()
  const drafts = await list()
  expect(drafts).toHaveLength(1)
  expect(JSON.stringify(drafts)).not.toMatch(/John|Doe/)
  expect(Object.keys(drafts[0]).sort()).toEqual([
    'certificateId',
    'dose',
    'expiresAt',
    'initials',
    'preEnrollmentCode',
    'replaced',
    'savedAt',
    'type',
  ])
})

test('a page that nobody touched does not keep its session alive by asking', async () => {
  const start = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: start + 5 * 60_000 })
  try {
    const attended = await ask(contract.bePresent, { cookie: asha, headers: WRITE, params: { certificateId } })
    expect(attended.headers.get('set-cookie')).not.toBeNull()
    const headers = { ...WRITE, 'x-unattended': '1' }
    const unattended = await ask(contract.bePresent, { cookie: asha, headers, params: { certificateId } })
    expect(unattended.headers.get('set-cookie')).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('a session says how long it lasts, and is renewed by asking; after 12 hours it cannot be', async () => {
  const stay = (cookie: string) => ask(contract.staySignedIn, { cookie, headers: WRITE })
  const fresh = await stay(asha)
  expect(fresh.body).toEqual({ secondsLeft: 900, longest: false, session: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect((await stay(asha)).body.session).toBe(fresh.body.session)
  expect(fresh.headers.getSetCookie()).toHaveLength(1)
  const old = await stay(await cookieOf(await anOperator(), 12 * 60 * 60 - 300))
  expect(old.body.longest).toBe(true)
  expect(old.body.session).not.toBe(fresh.body.session)
  expect(old.body.secondsLeft).toBeLessThanOrEqual(300)
  expect(old.headers.get('set-cookie')).toMatch(/Max-Age=(300|29\d)/)
})
