/** The addresses from which verifiers download lists. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { decodeList, entryAt } from '@/lib/status-lists/bitstring'
import { publishLists } from '@/lib/status-lists/publish'
import { publishRevocationList } from '@/lib/status-lists/revocation-list'
import { anOperator, ask, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aCaller, anIssuer, aRequest, options } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let place: { listId: number; index: number }
let replaced: string

beforeAll(async () => {
  api = await startApi()
  const context = liveContext()
  const caller = aCaller()
  await acceptCertify(context, caller, [aRequest()], options({ method: 'POST' }))
  await issueWaiting()
  await acceptUpdates(context, caller, [aRequest({ recipient: { name: 'Corrected' } })], options())
  await issueWaiting()
  const issuer = await anIssuer(context)
  while ((await publishLists(issuer)) > 0);
  await publishRevocationList(issuer)
  const row = await context.db.certificate.findFirstOrThrow({ where: { state: 'superseded' } })
  replaced = row.certificateId
  place = { listId: row.statusListId!, index: row.statusIndex! }
})
afterAll(() => api.close())

const list = (listId: string | number, purpose: string, headers = {}) =>
  ask(contract.statusList, { params: { listId, purpose }, headers })

describe('GET /status/{listId}/{purpose}', () => {
  test('answers the signed list to pages of any origin, for a moment', async () => {
    const answer = await list(place.listId, 'revocation', { origin: 'https://elsewhere.example' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/vc')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=10')
    const credential = JSON.parse(new TextDecoder().decode(answer.bytes))
    expect(credential.id).toBe(`${ORIGIN}/status/${place.listId}/revocation`)
    expect(credential.proof.cryptosuite).toBe('eddsa-rdfc-2022')
    expect(entryAt(await decodeList(credential.credentialSubject.encodedList), place.index, 1)).toBe(1)
  })

  test.each([
    ['application/ld+json, application/json', 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/vc, application/json', 'application/vc'],
    ['text/html', 'application/vc'],
  ])('to Accept: %s it is %s', async (accept, type) => {
    const answer = await list(place.listId, 'revocation', { accept })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('vary')).toContain('Accept')
    const other = await list(place.listId, 'revocation')
    expect(answer.bytes).toEqual(other.bytes)
    expect(answer.headers.get('etag') === other.headers.get('etag')).toBe(type === 'application/vc')
  })

  test('answers 304 to who has it already', async () => {
    const etag = (await list(place.listId, 'message')).headers.get('etag')!
    expect((await list(place.listId, 'message', { 'if-none-match': etag })).status).toBe(304)
  })

  test.each([
    ['999', 'revocation'],
    ['1', 'refresh'],
    ['0', 'revocation'],
    ['1e0', 'revocation'],
    ['-1', 'revocation'],
    ['99999999999999999999', 'revocation'],
    ["1' or 1=1", 'revocation'],
  ])('%s/%s is not there', async (listId, purpose) => {
    expect(await list(listId, purpose)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })
})

describe('GET /v3/revocation-list', () => {
  const page = (headers = {}, number: number | string = 1) =>
    ask(contract.revocationListPage, { params: { page: number }, headers })

  test('the index leads to the pages', async () => {
    const { body, headers } = await ask(contract.revocationList)
    expect(body).toMatchObject({ serial: 1, entries: 1, pageSize: 10_000 })
    expect(body.pages).toEqual([{ page: 1, entries: 1, serial: 1, url: `${ORIGIN}/v3/revocation-list/pages/1` }])
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  test('a page is a signed file, and on request JSON or a table', async () => {
    const signed = await page()
    expect(signed.headers.get('content-type')).toBe('application/jose')
    expect(new TextDecoder().decode(signed.bytes)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(signed.headers.get('cache-control')).toBe('public, no-cache')
    expect((await page({ accept: 'application/json' })).body.entries).toMatchObject([
      [replaced, 'superseded', expect.any(String), null, null],
    ])
    const table = new TextDecoder().decode((await page({ accept: 'text/csv' })).bytes)
    expect(table).toMatch(new RegExp(`^certificateId,state,since,until,cause\r\n${replaced},superseded,[^,]+,,\r\n$`))
  })

  test('a full page is asked for again too: after a rotation another key has signed it', async () => {
    const { db } = liveContext()
    await db.$executeRaw`update revocation_page set entries = 10000`
    const full = await page()
    await db.$executeRaw`update revocation_page set entries = 1`
    expect(full.headers.get('cache-control')).toBe('public, no-cache')
    expect((await page({ 'if-none-match': full.headers.get('etag')! })).status).toBe(304)
  })

  test('other forms and other pages are not there', async () => {
    expect((await page({ accept: 'image/png' })).status).toBe(406)
    expect((await page({}, 2)).status).toBe(404)
    expect((await page({}, 'x')).status).toBe(404)
  })
})

describe('/v3/checks', () => {
  test('administrators begin one and follow it; nobody else', async () => {
    const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
    const begun = await ask(contract.startCheck, { cookie, headers: { origin: ORIGIN } })
    expect(begun).toMatchObject({ status: 200, body: { size: 500, checked: 0, finishedAt: null, night: null } })
    const { body } = await ask(contract.checks, { cookie })
    expect(body).toMatchObject({ hour: 2, size: 500, checks: [{ checkId: begun.body.checkId }] })
    const other = await cookieOf(await anOperator())
    expect((await ask(contract.startCheck, { cookie: other, headers: { origin: ORIGIN } })).status).toBe(403)
    expect((await ask(contract.checks, { cookie: other })).status).toBe(403)
    expect((await ask(contract.checks)).status).toBe(401)
  })
})

describe('/readyz', () => {
  const ready = async () => (await ask(contract.ready)).body.checks

  test('says what the last check found, and whether the lists are in time', async () => {
    const { db } = liveContext()
    await db.sampleCheck.deleteMany()
    expect(await ready()).toMatchObject({ statusLists: { ok: true }, certificates: { ok: true } })
    await db.sampleCheck.create({
      data: {
        startedAt: new Date(),
        finishedAt: new Date(),
        size: 1,
        checked: 1,
        problems: [{ certificateId: replaced, problem: 'text' }],
      },
    })
    await db.$executeRaw`update status_entry set listed_at = null, at = now() - interval '2 minutes'`
    const checks = await ready()
    expect(checks).toMatchObject({ statusLists: { ok: false }, certificates: { ok: false } })
    expect(JSON.stringify(checks)).not.toContain(replaced)
  })
})
