import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { aRequest } from '@/lib/testing/builders'
import { aFacility, ask, startApi } from '@/lib/testing/api'
import { claimsOf } from '@/lib/testing/identity-provider'
import { bearerClaims } from './bearer'

const ISSUER = 'http://keycloak.example/realms/divoc'

let api: Awaited<ReturnType<typeof startApi>>
let server: Server
/** What the service publishes, and how often it was asked. */
let published: object[] = []
let asked = 0
let old: { privateKey: CryptoKey; publicKey: CryptoKey }

beforeAll(async () => {
  old = await generateKeyPair('RS256', { extractable: true })
  published = [await jwk(old.publicKey, 'old')]
  server = createServer((_request, response) => {
    asked++
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: published }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = await startApi({
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCES: 'vaccination_api,facility-admin-portal',
    JWT_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
  })
  await aFacility('MAH')
  await aFacility('GAL')
})
afterAll(async () => {
  await api.close()
  await new Promise((resolve) => server.close(resolve))
})

const jwk = async (key: CryptoKey, kid: string) => ({ ...(await exportJWK(key)), kid, alg: 'RS256', use: 'sig' })
const now = () => Math.floor(Date.now() / 1000)
const usual = (): JWTPayload => ({
  ...claimsOf('kamala', 'facility-staff', 'MAH'),
  sub: 'kamala-1',
  iss: ISSUER,
  aud: 'account',
  azp: 'facility-admin-portal',
  typ: 'Bearer',
  iat: now(),
  exp: now() + 300,
})
const signed = (claims: JWTPayload, key = old.privateKey, header = { alg: 'RS256', kid: 'old' }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key)
const search = (token: string, preEnrollmentCode = 'NOBODY') =>
  ask(contract.lineages, { token, query: { preEnrollmentCode } })
const refusalOf = async (token: string) => {
  const { status, body } = await search(token)
  return [status, body.message]
}

describe('a token as DIVOC’s clients send it', () => {
  test('certifies for its facility, and sees nothing of another one', async () => {
    const token = await signed(usual())
    const code = `K${randomUUID().slice(0, 8)}`
    const certified = await ask(contract.divocCertify, { token, body: [aRequest({ preEnrollmentCode: code })] })
    expect(certified.status).toBe(200)
    const lineage = await liveContext().db.lineage.findFirst({ where: { preEnrollmentCode: code } })
    expect(lineage!.facilityCode).toBe('MAH')
    expect((await search(token, code)).status).toBe(200)
    const other = await signed({ ...usual(), sub: 'other', facility_code: 'GAL' })
    expect((await search(other, code)).body).toMatchObject({ code: 'NOT_YOUR_FACILITY' })
    const controller = await signed({ ...usual(), ...claimsOf('c', 'controller', null), facility_code: undefined })
    expect((await search(controller, code)).status).toBe(200)
  })

  test('is the same caller each time: what is retried with a key is done once', async () => {
    const body = [aRequest({ preEnrollmentCode: `K${randomUUID().slice(0, 8)}` })]
    const send = async () =>
      ask(contract.certify, { token: await signed(usual()), body, headers: { 'idempotency-key': 'k-1' } })
    const [first, second] = [await send(), await send()]
    expect(second.body).toEqual(first.body)
  })

  test('does nothing on the screens’ endpoints, and does not administer', async () => {
    const token = await signed({ ...usual(), ...claimsOf('c', 'controller', null) })
    expect((await ask(contract.account, { token })).status).toBe(403)
    expect((await ask(contract.operators, { token })).status).toBe(403)
  })
})

describe('is refused, with what is wrong with it', () => {
  test.each([
    ['expired', { exp: now() - 60 }, /has expired/],
    ['without an end', { exp: undefined }, /"exp" is missing/],
    ['not valid yet', { nbf: now() + 300 }, /not valid yet/],
    ['of another issuer', { iss: 'http://keycloak.example/realms/other' }, /another sign-in service/],
    ['for another service', { aud: 'account', azp: 'another-client' }, /another service/],
    ['without any audience', { aud: undefined, azp: undefined }, /another service/],
    ['an ID token', { typ: 'ID' }, /not an access token/],
    [
      'an ID token of a service that writes no kind',
      { typ: undefined, nonce: 'x', at_hash: 'y' },
      /not an access token/,
    ],
    ['a logout token', { typ: undefined, events: {} }, /not an access token/],
    ['a refresh token', { typ: 'Refresh' }, /not an access token/],
    [
      'no role of ours',
      { resource_access: { 'facility-admin-portal': { roles: ['recipient'] } } },
      /None of its roles/,
    ],
    ['no facility', { facility_code: undefined }, /names no facility/],
    ['a facility that is not known', { facility_code: 'NOWHERE' }, /not known here/],
    ['no subject', { sub: undefined }, /"sub" is missing/],
  ])('%s', async (_what, wrong, sentence) => {
    const [status, message] = await refusalOf(await signed({ ...usual(), ...wrong }))
    expect(status).toBe(401)
    expect(message).toMatch(sentence)
  })

  test('a disabled facility, at once', async () => {
    await aFacility('OFF')
    const token = await signed({ ...usual(), facility_code: 'OFF' })
    expect((await search(token)).status).toBe(200)
    await liveContext().db.facility.update({ where: { code: 'OFF' }, data: { disabled: true } })
    expect(await refusalOf(token)).toEqual([401, 'The facility of this access token is disabled.'])
  })

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test('no signature (alg none), however it is written', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const [status] = await refusalOf(`${part({ alg, kid: 'old' })}.${part(usual())}.`)
      expect(status).toBe(401)
    }
  })

  test('an HMAC made with the public key (algorithm confusion)', async () => {
    const input = `${part({ alg: 'HS256', kid: 'old' })}.${part(usual())}`
    for (const secret of [await exportSPKI(old.publicKey), JSON.stringify(published[0])]) {
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      expect((await refusalOf(token))[0]).toBe(401)
    }
  })

  test('another key under the name of ours, a key that the token brings along or points to', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const own = await jwk(publicKey, 'old')
    expect((await refusalOf(await signed(usual(), privateKey)))[0]).toBe(401)
    const brought = { alg: 'RS256', kid: 'old', jwk: own }
    expect((await refusalOf(await signed(usual(), privateKey, brought)))[0]).toBe(401)
    let fetched = 0
    const trap = createServer((_request, response) => {
      fetched++
      response.end(JSON.stringify({ keys: [own] }))
    })
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
    const jku = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`
    expect((await refusalOf(await signed(usual(), privateKey, { alg: 'RS256', kid: 'old', jku } as never)))[0]).toBe(
      401,
    )
    expect(fetched).toBe(0)
    await new Promise((resolve) => trap.close(resolve))
  })

  test('claims that were changed after signing', async () => {
    const [header, , signature] = (await signed(usual())).split('.')
    const token = `${header}.${part({ ...usual(), facility_code: 'GAL' })}.${signature}`
    expect((await refusalOf(token))[0]).toBe(401)
  })
})

describe('the keys of the service', () => {
  let settings: NonNullable<ReturnType<typeof liveContext>['settings']['jwt']>
  const claims = (token: string) =>
    bearerClaims(settings, token, new Date()).then(
      (found) => found.sub,
      (error) => error.code,
    )
  beforeEach(() => {
    // A query makes it another address, with a memory of its own.
    settings = { ...liveContext().settings.jwt!, jwksUrl: `${liveContext().settings.jwt!.jwksUrl}?${randomUUID()}` }
    asked = 0
  })

  test('are asked for once for many tokens', async () => {
    const token = await signed(usual())
    for (let n = 0; n < 20; n++) expect(await claims(token)).toBe('kamala-1')
    expect(asked).toBe(1)
  })

  test('are rotated: a new one is found when a token names it, and unknown names do not make us ask again and again', async () => {
    expect(await claims(await signed(usual()))).toBe('kamala-1')
    const fresh = await generateKeyPair('RS256', { extractable: true })
    const before = published
    const withFresh = () => signed(usual(), fresh.privateKey, { alg: 'RS256', kid: 'new' })
    for (let n = 0; n < 20; n++) expect(await claims(await withFresh())).toBe('UNAUTHENTICATED')
    expect(asked).toBe(1)
    published = [await jwk(fresh.publicKey, 'new'), ...before]
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 })
    try {
      expect(await claims(await withFresh())).toBe('kamala-1')
      expect(await claims(await signed(usual()))).toBe('kamala-1')
      expect(asked).toBe(2)
      // One that was withdrawn is refused when what we remember is old.
      published = [await jwk(fresh.publicKey, 'new')]
      vi.setSystemTime(Date.now() + 11 * 60_000)
      expect(await claims(await signed(usual()))).toBe('UNAUTHENTICATED')
      expect(await claims(await withFresh())).toBe('kamala-1')
    } finally {
      vi.useRealTimers()
      published = before
    }
  })

  test('that cannot be had are our trouble: 503, not a verdict on the token', async () => {
    settings = { ...settings, jwksUrl: 'http://127.0.0.1:1/certs' }
    expect(await claims(await signed(usual()))).toBe('REGISTRY_UNAVAILABLE')
  })

  test('may be one of the settings, in PEM or as Keycloak shows it', async () => {
    const pem = await exportSPKI(old.publicKey)
    const bare = pem.replaceAll(/-----[^-]+-----|\s/g, '')
    for (const publicKey of [pem, pem.replaceAll('\n', '\\n'), bare]) {
      settings = { ...settings, jwksUrl: undefined, publicKey }
      expect(await claims(await signed(usual()))).toBe('kamala-1')
      const other = await generateKeyPair('RS256')
      expect(await claims(await signed(usual(), other.privateKey))).toBe('UNAUTHENTICATED')
    }
  })
})
