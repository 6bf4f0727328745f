/** Cookies and tokens that nobody gave: forged, exchanged, cut, sealed for another purpose, meant for another place. */
import { createHash, createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { liveContext } from '@/lib/certificates/context'
import { aFacility, anOperator, ask, aToken, cookieOf, ORIGIN, startApi } from '@/lib/testing/api'
import { claimsOf } from '@/lib/testing/identity-provider'
import { sealedCookie } from './sealed-cookie'
import { readSessionCookie, sessionCookie, sessionCookieName, sessionSecret } from './session-cookie'
import { hashToken } from './tokens'

const ISSUER = 'http://keycloak.example/realms/divoc'

let api: Awaited<ReturnType<typeof startApi>>
let server: Server
let keys: { privateKey: CryptoKey; publicKey: CryptoKey }
let ec: { privateKey: CryptoKey; publicKey: CryptoKey }
const asked: string[] = []
const shared = Buffer.from('a secret that stands among the published keys')

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true })
  ec = await generateKeyPair('ES256', { extractable: true })
  const published = [
    { ...(await exportJWK(keys.publicKey)), kid: 'rsa', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', use: 'sig' },
    { kty: 'oct', k: shared.toString('base64url'), kid: 'oct' },
  ]
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = await startApi({
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCES: 'vaccination_api',
    JWT_JWKS_URL: `http://127.0.0.1:${port()}/certs`,
  })
  await aFacility('MAH')
})
afterAll(async () => {
  await api.close()
  await new Promise((resolve) => server.close(resolve))
})

const port = () => (server.address() as AddressInfo).port
const search = (given: { cookie?: string; token?: string; headers?: Record<string, string> }) =>
  ask(contract.lineages, { ...given, query: { preEnrollmentCode: 'NOBODY' } })
const statusOf = async (cookie: string) => (await search({ cookie })).status
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

describe('a session cookie', () => {
  test('tampered with in any of its parts, cut, or put together from two of them, is nobody’s', async () => {
    const [one, other] = [await cookieOf(await anOperator()), await cookieOf(await anOperator())]
    expect([await statusOf(one), await statusOf(other)]).toEqual([200, 200])
    const [parts, others] = [one, other].map((cookie) => cookie.slice(cookie.indexOf('=') + 1).split('.'))
    const forged = parts!.flatMap((text, at) => {
      const instead = (replacement: string) => parts!.map((own, n) => (n === at ? replacement : own)).join('.')
      const flipped = text === '' ? 'AA' : `${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`
      const differs = others![at] !== text
      return [instead(flipped), instead(text.slice(0, -3)), ...(differs ? [instead(others![at]!)] : [])]
    })
    forged.push(parts!.slice(0, 4).join('.'), `${parts!.join('.')}.`, parts!.join('.').toUpperCase(), '....', '')
    for (const value of new Set(forged)) {
      if (value === parts!.join('.')) continue
      expect([value, await statusOf(`${sessionCookieName()}=${value}`)]).toEqual([value, 401])
    }
  })

  test('with a session of somebody else’s, an ended one, or none in it, opens nothing, though the seal is ours', async () => {
    const [me, other] = [await anOperator(), await anOperator()]
    const [mine, theirs] = [await readSessionCookie(await cookieOf(me)), await readSessionCookie(await cookieOf(other))]
    const sealed = async (claims: Record<string, unknown>) => (await sessionCookie(claims, 900)).split(';')[0]!
    expect(await statusOf(await sealed({ ...mine }))).toBe(200)
    for (const claims of [
      { ...mine, sid: theirs!.sid },
      { ...mine, sub: theirs!.sub },
      { ...mine, sid: randomUUID() },
      { ...mine, sid: undefined },
      { ...mine, sub: undefined },
      { ...mine, signedInAt: undefined },
      { ...mine, signedInAt: mine!.signedInAt - 13 * 60 * 60 },
      { ...mine, passwordMark: 'another' },
    ]) {
      expect([claims, await statusOf(await sealed(claims))]).toEqual([claims, 401])
    }
    await liveContext().db.operatorSession.update({ where: { id: mine!.sid }, data: { endedAt: new Date() } })
    expect(await statusOf(await sealed({ ...mine }))).toBe(401)
  })

  test('sealed for another purpose, with another secret, signed instead of sealed, or not at all, is none', async () => {
    const token = (await readSessionCookie(await cookieOf(await anOperator())))!
    const name = sessionCookieName()
    const otherPurpose = (await sealedCookie({ name: 'errata-confirm', path: '/' }, token, 900)).split(';')[0]!
    const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(token)}`
    const values = [
      otherPurpose.slice(otherPurpose.indexOf('=') + 1),
      await encode({ token, secret: 'another secret', maxAge: 900 }),
      await encode({ token, secret: sessionSecret(), maxAge: -3600 }),
      `${input}.${createHmac('sha256', sessionSecret()).update(input).digest('base64url')}`,
      `${part({ alg: 'none' })}.${part(token)}.`,
      `${part({ alg: 'dir', enc: 'none' })}..${part('x')}.${part(token)}.`,
      `${part({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..${part('x')}.${part(token)}.${part('x')}`,
      part(token),
      JSON.stringify(token),
    ]
    for (const value of values) expect([value, await statusOf(`${name}=${value}`)]).toEqual([value, 401])
  })

  test('under another name, in pieces, or behind a planted one, is not looked for', async () => {
    const value = (await cookieOf(await anOperator())).split('=')[1]!
    const name = sessionCookieName()
    for (const cookie of [
      `${name}.0=${value.slice(0, 50)}; ${name}.1=${value.slice(50)}`,
      `__Secure-${name}=${value}`,
      `__Host-${name}=${value}`,
      `${name.toUpperCase()}=${value}`,
      `session=${value}`,
      `${name}=planted; ${name}=${value}`,
    ]) {
      expect([cookie, await statusOf(cookie)]).toEqual([cookie, 401])
    }
  })
})

describe('a request that changes something in a session', () => {
  const writes = (Object.values(contract) as Endpoint[]).filter(
    ({ who, method }) => who !== 'anyone' && method !== 'GET' && method !== 'HEAD',
  )
  const SELF = { 'sec-fetch-site': 'same-origin' }

  test('is refused at every endpoint when it does not come from our own pages', async () => {
    const cookie = await cookieOf(await anOperator({ roles: ['operator', 'supervisor', 'auditor', 'administrator'] }))
    expect(writes.length).toBeGreaterThan(40)
    for (const row of writes) {
      const params = Object.fromEntries(Object.keys(row.params?.shape ?? {}).map((name) => [name, randomUUID()]))
      const { status, body } = await ask(row, { cookie, params, body: row.body?.example })
      expect([row.operation, status, body?.code]).toEqual([row.operation, 403, 'NOT_ALLOWED'])
    }
  })

  test.each([
    ['without a word', {}],
    ['Origin null', { origin: 'null' }],
    ['another site', { origin: 'https://evil.example' }],
    ['a neighbour below the same domain', { origin: 'http://evil.localhost:3000' }],
    ['a host that begins as ours', { origin: `${ORIGIN}.evil.example` }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['another scheme', { origin: 'https://localhost:3000' }],
    ['our name as a user', { origin: 'http://localhost:3000@evil.example' }],
    ['same-site', { 'sec-fetch-site': 'same-site', origin: ORIGIN }],
    ['cross-site', { 'sec-fetch-site': 'cross-site', origin: ORIGIN }],
    ['typed by hand', { 'sec-fetch-site': 'none' }],
    ['a word that browsers do not say', { 'sec-fetch-site': 'same-origin, cross-site', origin: ORIGIN }],
    ['a Referer of ours', { referer: `${ORIGIN}/` }],
  ])('Origin: %s', async (_what, headers) => {
    const cookie = await cookieOf(await anOperator())
    const given = { cookie, headers: headers as Record<string, string> }
    expect((await ask(contract.staySignedIn, given)).body).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await ask(contract.staySignedIn, { cookie, headers: SELF })).status).toBe(200)
    expect((await ask(contract.staySignedIn, { cookie, headers: { origin: ORIGIN } })).status).toBe(200)
  })

  test('a form of another site, which can send text alone, is no JSON', async () => {
    const cookie = await cookieOf(await anOperator())
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const headers = { ...SELF, 'content-type': type }
      const { status } = await ask(contract.preview, { cookie, headers, raw: '{"item":{}}' })
      expect([type, status]).toEqual([type, 415])
    }
  })

  test('a session cookie beside a token counts for nothing: the token alone says who it is', async () => {
    const cookie = await cookieOf(await anOperator())
    expect((await search({ cookie, token: 'wrong' })).status).toBe(401)
    expect((await search({ cookie, headers: { authorization: '' } })).status).toBe(401)
  })
})

describe('an access token', () => {
  test('cut, longer, in other letters, its own hash, or in another place, is refused', async () => {
    const token = await aToken()
    expect((await search({ token })).status).toBe(200)
    for (const forged of [
      ...[token.slice(0, -1), `${token}A`, token.toUpperCase(), token.toLowerCase(), hashToken(token), `errata_`, '""'],
      ...[createHash('sha256').update(hashToken(token)).digest('hex'), `${token},${token}`, `' or '1'='1`, '%', '*'],
    ]) {
      expect([forged, (await search({ token: forged })).status]).toEqual([forged, 401])
    }
    const basic = Buffer.from(`${token}:`).toString('base64')
    for (const headers of [
      ...[
        `Basic ${basic}`,
        token,
        `Token ${token}`,
        `Bearer`,
        `Bearer  `,
        `Bearer ${token} ${token}`,
        `Bearer: ${token}`,
      ],
    ].map((authorization) => ({ authorization }))) {
      expect([headers, (await search({ headers })).status]).toEqual([headers, 401])
    }
    for (const name of ['x-api-key', 'x-access-token', 'access_token', 'proxy-authorization']) {
      expect((await search({ headers: { [name]: `Bearer ${token}` } })).status).toBe(401)
    }
    expect((await search({ cookie: `access_token=${token}; token=${token}` })).status).toBe(401)
    const query = { preEnrollmentCode: 'x', access_token: token, token }
    expect((await ask(contract.lineages, { query })).status).toBe(401)
  })
})

describe('a JWT', () => {
  const now = () => Math.floor(Date.now() / 1000)
  const usual = (): JWTPayload => ({
    ...claimsOf('kamala', 'facility-staff', 'MAH'),
    sub: 'kamala-1',
    iss: ISSUER,
    aud: 'vaccination_api',
    typ: 'Bearer',
    iat: now(),
    exp: now() + 300,
  })
  const signed = (claims: JWTPayload = usual(), header: Record<string, unknown> = {}, key = keys.privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header } as never).sign(key)
  const status = async (token: string) => (await search({ token })).status

  test('of another algorithm, though its key is among the published ones', async () => {
    expect(await status(await signed())).toBe(200)
    expect(await status(await signed(usual(), { alg: 'ES256', kid: 'ec' }, ec.privateKey))).toBe(401)
    const input = `${part({ alg: 'HS256', kid: 'oct' })}.${part(usual())}`
    expect(await status(`${input}.${createHmac('sha256', shared).update(input).digest('base64url')}`)).toBe(401)
    const [, claims, signature] = (await signed()).split('.')
    for (const alg of ['RS512', 'PS256', 'rs256', 'RS256 ', 'RSA1_5', 'EdDSA', 'dir', null, 1, ['RS256']]) {
      expect([alg, await status(`${part({ alg, kid: 'rsa' })}.${claims}.${signature}`)]).toEqual([alg, 401])
    }
  })

  test.each([
    ['a path', '../../../../dev/null'],
    ['a file', 'file:///dev/null'],
    ['SQL', "' union select 'key' --"],
    ['an address', 'http://127.0.0.1:1/key'],
    ['the name of a prototype', '__proto__'],
    ['nothing', ''],
    ['no text', 7],
    ['a long text', 'x'.repeat(3000)],
  ])('whose kid is %s, signed by a stranger', async (_what, kid) => {
    const stranger = await generateKeyPair('RS256')
    expect(await status(await signed(usual(), { kid }, stranger.privateKey))).toBe(401)
  })

  test('that brings its key or says where it is (jwk, jku, x5c, x5u): none of it is read, nothing is fetched', async () => {
    await status(await signed())
    const before = asked.length
    const stranger = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(stranger.publicKey)
    const address = `http://127.0.0.1:${port()}/stranger`
    const x5c = [generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')]
    for (const header of [
      { jwk },
      { jku: address },
      { x5u: address },
      { x5c },
      { x5t: 'x' },
      { jwk, kid: undefined },
    ]) {
      expect([header, await status(await signed(usual(), header, stranger.privateKey))]).toEqual([header, 401])
    }
    expect(asked.slice(before)).toEqual([])
  })

  test('with critical headers that nobody understands, or an unencoded payload', async () => {
    const [, claims, signature] = (await signed()).split('.')
    for (const header of [
      { crit: ['exp'], exp: 1 },
      { crit: ['errata'], errata: true },
      { crit: [] },
      { crit: 'b64' },
      { b64: false, crit: ['b64'] },
    ]) {
      const text = `${part({ alg: 'RS256', kid: 'rsa', ...header })}.${claims}.${signature}`
      expect([header, await status(text)]).toEqual([header, 401])
    }
  })

  test.each([
    ['iss of two', { iss: [ISSUER, 'x'] as never }],
    ['iss with a slash more', { iss: `${ISSUER}/` }],
    ['aud of an object', { aud: { 0: 'vaccination_api' } as never }],
    ['aud that begins as ours', { aud: 'vaccination_api.evil' }],
    ['exp as text', { exp: String(Date.now()) as never }],
    ['exp in milliseconds of the past', { exp: -1 }],
    ['nbf as text', { nbf: '1' as never }],
    ['nbf to come', { nbf: 99_999_999_999 }],
    ['sub of an object', { sub: { toString: 'x' } as never }],
    ['sub empty', { sub: '' }],
    ['a facility of two', { facility_code: ['MAH', 'MAH2'] }],
    ['a facility that is SQL', { facility_code: "MAH' or '1'='1" }],
  ])('%s', async (_what, wrong) => {
    const [header, , signature] = (await signed()).split('.')
    // By the right key, where jose signs it at all; and put under the signature of another.
    const own = await signed({ ...usual(), ...wrong }).catch(() => null)
    if (own) expect(await status(own)).toBe(401)
    expect(await status(`${header}.${part({ ...usual(), ...wrong })}.${signature}`)).toBe(401)
  })

  test('without its signature, with another’s, with spaces or signs of the other base64', async () => {
    const token = await signed()
    const [header, claims, signature] = token.split('.')
    const [, , others] = (await signed({ ...usual(), sub: 'other' })).split('.')
    for (const forged of [
      ...[`${header}.${claims}.`, `${header}.${claims}`, `${header}.${claims}.${others}`, `${header}..${signature}`],
      ...[`${token}=`, `${token}.${signature}`, `${header}.${claims}=.${signature}`, `.${claims}.${signature}`],
    ]) {
      expect([forged, await status(forged)]).toEqual([forged, 401])
    }
  })
})
