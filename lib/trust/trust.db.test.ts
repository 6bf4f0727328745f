/** The trust list over the API: only administrators change it, every change is in the audit, and no private key is ever kept. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, startApi } from '@/lib/testing/api'
import { fingerprintOf, readKeys } from '@/lib/verification/key-text'
import { trustedKeys } from './keys'

let api: Awaited<ReturnType<typeof startApi>>
let administrator: Awaited<ReturnType<typeof anOperator>>
let cookie: string

beforeAll(async () => {
  api = await startApi()
  administrator = await anOperator({ roles: ['administrator'] })
  cookie = await cookieOf(administrator)
})
afterAll(() => api.close())

const administer = (row: Parameters<typeof ask>[0], asking: Parameters<typeof ask>[1] = {}) =>
  ask(row, { cookie, headers: { 'sec-fetch-site': 'same-origin' }, ...asking })
const pemOf = () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string
const add = (facts: Record<string, unknown> = {}) =>
  administer(contract.addTrusted, {
    body: { name: 'Elsewhere', keys: pemOf(), verificationMethod: 'did:elsewhere', ...facts },
  })
/** The key's text in the list. */
function textOf(pem: string): string {
  const read = readKeys(pem)
  if ('problem' in read) throw new Error(read.problem)
  return read.keys[0]!.publicKey
}
const pathOf = (body: { details?: { path: string }[] }) => body.details?.map(({ path }) => path)
const published = async () => (await ask(contract.trustedIssuers)).body.issuers as Record<string, string>[]

describe('who may', () => {
  test('everybody reads the keys in force, from any origin; only administrators see and change the list', async () => {
    const answer = await ask(contract.trustedIssuers)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
    const clerk = await cookieOf(await anOperator())
    const body = { name: 'x', keys: pemOf(), verificationMethod: 'did:x' }
    for (const row of [contract.trustList, contract.addTrusted, contract.trusted, contract.changeTrusted]) {
      const params = 'params' in row ? { issuerId: randomUUID() } : undefined
      const sent = row.method === 'GET' ? {} : { body: row === contract.addTrusted ? body : {} }
      const headers = { 'sec-fetch-site': 'same-origin' }
      expect((await ask(row, { cookie: clerk, headers, params, ...sent })).body).toMatchObject({ code: 'NOT_ALLOWED' })
      expect((await ask(row, { token: await aToken(), params, ...sent })).body).toMatchObject({ code: 'NOT_ALLOWED' })
      expect((await ask(row, { params, ...sent })).status).toBe(401)
    }
  })
})

describe('adding', () => {
  test('a key is published at once, and the audit says who added which', async () => {
    const keys = pemOf()
    const { body, status } = await add({ name: 'Land of Tests', keys, note: 'called them' })
    expect(status).toBe(200)
    const publicKey = textOf(keys)
    const [added] = body.issuers
    expect(added).toMatchObject({
      name: 'Land of Tests',
      verificationMethod: 'did:elsewhere',
      algorithm: 'ED25519',
      publicKey,
      fingerprint: fingerprintOf({ algorithm: 'ED25519', publicKey }),
      note: 'called them',
      disabled: false,
      createdByName: administrator.name,
    })
    const entry = { name: 'Land of Tests', verificationMethod: 'did:elsewhere', algorithm: 'ED25519', publicKey }
    expect(await published()).toContainEqual(entry)
    const audit = await liveContext().db.auditEvent.findFirst({
      where: { action: 'trust.added' },
      orderBy: { id: 'desc' },
    })
    expect(audit).toMatchObject({
      actorId: administrator.id,
      detail: { issuerId: added.issuerId, fingerprint: added.fingerprint },
    })
  })

  test('a DID document brings all its keys, or none', async () => {
    const [first, second] = [pemOf(), pemOf()]
    const method = (id: string, publicKeyPem: string) => ({ id, type: 'x', controller: 'x', publicKeyPem })
    const document = JSON.stringify({
      id: 'did:doc',
      verificationMethod: [method('did:doc', first), method('did:doc#old', second)],
    })
    const { body } = await add({ keys: document, verificationMethod: '' })
    expect(body.issuers.map((one: { verificationMethod: string }) => one.verificationMethod)).toEqual([
      'did:doc',
      'did:doc#old',
    ])
    const before = (await published()).length
    const half = JSON.stringify({
      id: 'did:doc',
      verificationMethod: [method('did:doc#new', pemOf()), method('did:doc', first)],
    })
    expect((await add({ keys: half })).body).toMatchObject({ code: 'NAME_TAKEN' })
    expect(await published()).toHaveLength(before)
  })

  test('several issuers may use one name, but a key has one issuer', async () => {
    const keys = pemOf()
    expect((await add({ name: 'First', keys, verificationMethod: 'did:india' })).status).toBe(200)
    expect((await add({ name: 'Second', verificationMethod: 'did:india' })).status).toBe(200)
    const { status, body } = await add({ name: 'Third', keys, verificationMethod: 'did:third' })
    expect([status, body.code, pathOf(body), body.message]).toEqual([
      409,
      'NAME_TAKEN',
      ['/keys'],
      'This key is in the list already, as First.',
    ])
    const keysNow = await trustedKeys(liveContext())
    expect(keysNow.filter(({ did }) => did === 'did:india').map(({ trusted }) => trusted)).toEqual(['First', 'Second'])
  })

  test('what is wrong is named at its field', async () => {
    const cases: [Record<string, unknown>, string][] = [
      [{ name: '  ' }, '/name'],
      [{ name: 'a\u202eb' }, '/name'],
      [{ keys: 'hello' }, '/keys'],
      [{ verificationMethod: '' }, '/verificationMethod'],
      [{ verificationMethod: 'no address' }, '/verificationMethod'],
      [{ verificationMethod: 'did:india#sandbox' }, '/verificationMethod'],
      [{ note: 'a\u0007b' }, '/note'],
    ]
    for (const [facts, path] of cases) {
      const { status, body } = await add(facts)
      expect([status, pathOf(body)], JSON.stringify(facts)).toEqual([400, [path]])
    }
  })

  test('a private key is refused and is neither kept nor repeated', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const keys = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const { status, body } = await add({ keys })
    expect([status, pathOf(body)]).toEqual([400, ['/keys']])
    expect(body.message).toMatch(/private key/)
    const secret = keys.split('\n')[1]!
    expect(JSON.stringify(body)).not.toContain(secret)
    const [{ kept }] = await liveContext().db.$queryRaw<[{ kept: number }]>`
      select count(*)::int as kept from trusted_issuer where public_key like ${`%${secret}%`}`
    expect(kept).toBe(0)
  })

  test('our own key needs no trust', async () => {
    const document = (await ask(contract.didDocument)).body
    const { body } = await add({ keys: JSON.stringify(document) })
    expect(body).toMatchObject({ code: 'VALIDATION_ERROR' })
    expect(body.message).toMatch(/of this installation/)
  })

  test('the same key added twice at once: one wins, the other is told', async () => {
    const keys = pemOf()
    const answers = await Promise.all([add({ keys }), add({ keys })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('changing', () => {
  test('disabled it is published no more, enabled again it is; each change is in the audit', async () => {
    const [{ issuerId, publicKey }] = (await add()).body.issuers
    const change = (body: object) => administer(contract.changeTrusted, { params: { issuerId }, body })
    const isPublished = async () => (await published()).some((one) => one.publicKey === publicKey)
    expect((await change({ disabled: true })).body).toMatchObject({ disabled: true })
    expect(await isPublished()).toBe(false)
    expect((await change({ disabled: false, name: 'Renamed', note: 'two\nlines' })).status).toBe(200)
    expect(await isPublished()).toBe(true)
    await change({ name: 'Renamed' })
    const lines = await liveContext().db.auditEvent.findMany({
      where: { action: 'trust.changed', detail: { path: ['issuerId'], equals: issuerId } },
      orderBy: { id: 'asc' },
    })
    expect(lines.map(({ detail }) => (detail as { changes: object }).changes)).toEqual([
      { disabled: [false, true] },
      { disabled: [true, false], name: ['Elsewhere', 'Renamed'], note: ['', 'two\nlines'] },
    ])
    expect((await administer(contract.trusted, { params: { issuerId } })).body).toMatchObject({ name: 'Renamed' })
  })

  test('what is not there is not found', async () => {
    for (const issuerId of [randomUUID(), 'x', '%']) {
      expect((await administer(contract.trusted, { params: { issuerId } })).status).toBe(404)
      expect((await administer(contract.changeTrusted, { params: { issuerId }, body: {} })).status).toBe(404)
    }
  })

  test('the list goes page by page, by name, and is searched by a part of name or key name', async () => {
    const mark = randomUUID().slice(0, 8)
    const { db } = liveContext()
    await db.trustedIssuer.createMany({
      data: Array.from({ length: 60 }, (_, n) => ({
        id: randomUUID(),
        name: n % 2 === 0 ? `Same ${mark}` : `same ${mark}`,
        verificationMethod: `did:${mark}`,
        algorithm: 'ED25519',
        publicKey: textOf(pemOf()),
        createdAt: new Date(),
        createdByName: 'test',
        disabled: true,
      })),
    })
    const first = (await administer(contract.trustList, { query: { q: mark } })).body
    expect(first.issuers).toHaveLength(50)
    const second = (await administer(contract.trustList, { query: { q: `did:${mark}`, after: first.next } })).body
    expect(second.issuers).toHaveLength(10)
    expect(second.next).toBeNull()
    const ids = [...first.issuers, ...second.issuers].map((one: { issuerId: string }) => one.issuerId)
    expect(new Set(ids).size).toBe(60)
  })
})
