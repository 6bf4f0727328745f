/** The check of a certificate on this side, and the keys as a set: asked by anyone, kept by nobody. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { describe as described } from '@/lib/signing/keys'
import { previewCredential } from '@/lib/signing/preview'
import { signCredential2 } from '@/lib/signing/eddsa'
import { signCredential } from '@/lib/signing/sign'
import { loadSigningKeys } from '@/lib/signing/signing-keys'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { anOperator, ask, aToken, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { vcApiContexts } from '@/lib/vc-api/contexts'
import { excessOf } from '@/lib/vc-api/refuse'
import { contract } from './contract'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests take credentials apart
type Credential = any

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let count = 0

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
})
afterAll(() => api.close())

const reason = { cause: 'other' as const }

async function accept(row: typeof contract.certify | typeof contract.updateCertificates, code: string, by = token) {
  const name = `Sam ${++count}`
  const { body } = await ask(row, { token: by, body: [aRequest({ preEnrollmentCode: code, recipient: { name } })] })
  await issueWaiting()
  return body.results[0].certificateId as string
}

async function issued(by = token) {
  const code = `V${++count}`
  const certificateId = await accept(contract.certify, code, by)
  const read = async (extension: string): Promise<Credential> => {
    const asked = await ask(contract.certificateFile, { token: by, params: { certificateId, extension } })
    return JSON.parse(new TextDecoder().decode(asked.bytes))
  }
  return { code, certificateId, form1: await read('jsonld'), form2: await read('vc.json') }
}

const verify = (body: unknown) => ask(contract.verifyCredential, { body })

/** What is said of both forms, which must be the same. */
async function saidOfBoth({ form1, form2 }: { form1: Credential; form2: Credential }) {
  const [first, second] = [await verify(form1), await verify(form2)]
  expect([second.status, second.body]).toEqual([first.status, first.body])
  return { status: first.status, body: first.body }
}

describe('a certificate of ours, in either form', () => {
  test('that counts is VALID', async () => {
    const { status, body } = await saidOfBoth(await issued())
    expect([status, body.message]).toEqual([200, 'Certificate verified'])
    expect(body.status).toMatchObject({ certificateStatus: 'VALID', state: 'valid' })
    expect(body.response).toEqual({ verifyResp: { verified: true } })
  })

  test('counts also where a program has sorted the members of its objects, as Go and Java do', async () => {
    const { form1, form2 } = await issued()
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? Array.isArray(value)
          ? value.map(sorted)
          : value
        : Object.fromEntries(
            Object.entries(value)
              .sort()
              .map(([key, child]) => [key, sorted(child)]),
          )
    expect(JSON.stringify(sorted(form1))).not.toBe(JSON.stringify(form1))
    const { body } = await saidOfBoth({ form1: sorted(form1), form2: sorted(form2) })
    expect(body.status.state).toBe('valid')
  })

  test('that was replaced is REVOKED, and the answer says that it was replaced and since when', async () => {
    const one = await issued()
    await accept(contract.updateCertificates, one.code)
    const since = (await ask(contract.certificateStatus, { params: { certificateId: one.certificateId } })).body.since
    const { status, body } = await saidOfBoth(one)
    expect(status).toBe(200)
    expect(body.status).toMatchObject({ certificateStatus: 'REVOKED', state: 'replaced', startDate: since })
  })

  test('that is suspended is SUSPENDED until its end, and VALID again after that', async () => {
    const one = await issued()
    const params = { certificateId: one.certificateId }
    const until = new Date(Date.now() + 1500).toISOString()
    await ask(contract.suspendCertificate, { token, params, body: { reason, until } })
    const { body } = await saidOfBoth(one)
    expect(body.status).toMatchObject({ certificateStatus: 'SUSPENDED', state: 'suspended', endDate: until })
    expect(body.status.startDate).toBeTruthy()
    await expect.poll(async () => (await verify(one.form1)).body.status.state, { timeout: 10_000 }).toBe('valid')
    expect((await saidOfBoth(one)).body.status.certificateStatus).toBe('VALID')
  })

  test('that was revoked is REVOKED, with the cause', async () => {
    const one = await issued()
    await ask(contract.revokeCertificate, { token, params: { certificateId: one.certificateId }, body: { reason } })
    const { status, body } = await saidOfBoth(one)
    expect(status).toBe(200)
    expect(body.status).toMatchObject({ certificateStatus: 'REVOKED', state: 'cancelled', cause: 'other' })
  })
})

describe('what is refused with 406', () => {
  const said = async (credential: Credential) => {
    const { status, body } = await verify(credential)
    expect([status, body.message, body.status.certificateStatus]).toEqual([406, 'verification failed', 'INVALID'])
    return { ...body.status, holds: body.response.verifyResp.verified }
  }

  test('values swapped between words that share a meaning: the signature holds, the registry’s hash does not', async () => {
    const { form1 } = await issued()
    for (const [a, b] of [
      ['dose', 'totalDoses'],
      ['effectiveStart', 'effectiveUntil'],
      ['batch', 'vaccine'],
      ['certificateId', 'batch'],
    ] as const) {
      const swapped = structuredClone(form1)
      const event = swapped.evidence[0]
      if (event[a] === event[b]) event[a] = event[b] + 1
      else [event[a], event[b]] = [event[b], event[a]]
      expect((await said(swapped)).state).toMatch(/^(altered|not_genuine)$/)
      if (form1.evidence[0][a] !== form1.evidence[0][b]) {
        expect(await said(swapped)).toMatchObject({ state: 'altered', holds: true })
      }
    }
  })

  test('another name under the same signature, in both forms', async () => {
    const { form1, form2 } = await issued()
    for (const form of [form1, form2]) {
      const forged = structuredClone(form)
      forged.credentialSubject.name = 'Somebody Else'
      expect(await said(forged)).toMatchObject({ state: 'not_genuine', holds: false })
    }
  })

  test('contexts that are not pinned, in both forms; nothing is fetched', async () => {
    const { form1, form2 } = await issued()
    for (const form of [form1, form2]) {
      const redefined = { ...form, '@context': [form['@context'][0], 'http://127.0.0.1:1/context'] }
      expect((await said(redefined)).state).toMatch(/^(could_not_check|not_genuine)$/)
    }
  })

  test('tests of the sandbox and previews', async () => {
    const test = await issued(await aToken({ sandbox: true }))
    expect((await said(test.form1)).state).toBe('sandbox')
    expect((await said(test.form2)).state).toBe('sandbox')
    const { proof: _proof, ...unsigned } = test.form1
    expect((await said(previewCredential(unsigned, 'ED25519'))).state).toBe('preview')
  })

  test('what our second key signed under the number of a certificate, but was not issued as that certificate', async () => {
    const { form2 } = await issued()
    const { proof: _proof, ...unsigned } = structuredClone(form2)
    const { key2 } = await loadSigningKeys(liveContext().settings)
    for (const name of ['Somebody Else', form2.credentialSubject.name]) {
      unsigned.credentialSubject.name = name
      const signed = await signCredential2(unsigned, key2, new Date(0), vcApiContexts(ORIGIN))
      expect(await said(signed)).toMatchObject({ state: 'altered', holds: true })
    }
  })

  test('an issuer that is not known, until an administrator trusts the key', async () => {
    const { form1 } = await issued()
    const { proof: _proof, ...unsigned } = form1
    const pair = generateKeyPairSync('ed25519')
    const { settings } = liveContext()
    const key = {
      ...described(settings, pair.publicKey),
      verificationMethod: 'did:elsewhere',
      sign: async (bytes: Uint8Array) => sign(null, bytes, pair.privateKey),
    }
    const foreign = await signCredential(unsigned, key, new Date())
    expect(await said(foreign)).toMatchObject({ state: 'could_not_check', obstacle: 'issuer' })
    const keys = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
    const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
    const body = { name: 'Elsewhere', keys, verificationMethod: 'did:elsewhere' }
    await ask(contract.addTrusted, { cookie, headers: { 'sec-fetch-site': 'same-origin' }, body })
    // Keys are read once a second, however often anybody asks.
    await expect.poll(async () => (await verify(foreign)).status).toBe(200)
    const { msg, ...status } = (await verify(foreign)).body.status
    expect(status).toEqual({ certificateStatus: 'VALID', state: 'trusted' })
    expect(msg).toContain('Elsewhere')
  })

  test('signed by us, but under a number that the registry does not have', async () => {
    const { form1 } = await issued()
    const { proof: _proof, ...unsigned } = structuredClone(form1)
    unsigned.evidence[0].certificateId = '999999999999'
    const { key } = await loadSigningKeys(liveContext().settings)
    const unknown = await signCredential(unsigned, key, new Date())
    expect(await said(unknown)).toMatchObject({ state: 'could_not_check', obstacle: 'registry', holds: true })
  })
})

describe('what is no certificate', () => {
  test('what only costs time is 400 before anything is canonicalised, and every certificate is far below that', async () => {
    const { form1, form2 } = await issued()
    const many = (n: number) => Array.from({ length: n }, () => ({ type: 'Person' }))
    const labels = Array.from({ length: 12 }, (_, n) => ({ id: `_:b${n}`, knows: [{ id: `_:b${(n + 1) % 12}` }] }))
    for (const form of [form1, form2]) {
      expect(excessOf(form, { values: 250, depth: 8, contexts: 2, labels: 0, objects: 24 })).toBeNull()
      for (const costly of [many(40), labels, Array(600).fill('x'), JSON.parse('['.repeat(20) + ']'.repeat(20))]) {
        const { status, body } = await verify({ ...form, evidence: costly })
        expect([status, body.code]).toEqual([400, 'MALFORMED_CERTIFICATE'])
      }
    }
  })

  test.each([
    ['nothing', {}],
    ['a list', []],
    ['text', 'x'],
    ['no proof', { '@context': [], credentialSubject: {} }],
    ['a list of proofs', { '@context': [], credentialSubject: {}, evidence: [], proof: [] }],
    ['null as proof', { '@context': [], credentialSubject: {}, evidence: [], proof: null }],
  ])('%s is 400 with a sentence', async (_what, body) => {
    const answer = await verify(body)
    expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED_CERTIFICATE'])
  })

  test('what has no evidence may be of another kind: it is checked, and is nobody’s here', async () => {
    const { status } = await verify({ '@context': [], credentialSubject: {}, proof: { type: 'RsaSignature2018' } })
    expect(status).toBe(406)
  })

  test('members of any shape never end in a fault of ours', async () => {
    const { form1, form2 } = await issued()
    const odd = [null, 1, 'x', [], {}, [null], { '@id': 1 }, 'constructor', '\ud800', { '@context': {} }]
    for (const form of [form1, form2]) {
      for (const member of Object.keys(form)) {
        for (const value of odd) {
          const { status } = await verify({ ...form, [member]: value })
          expect([200, 400, 406]).toContain(status)
        }
      }
    }
  })
})

test('nothing of what is sent is stored', async () => {
  const { db } = liveContext()
  const { form1 } = await issued()
  const rows = async () => {
    const [{ n }] = (await db.$queryRaw`
      select sum((xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', tablename), false, true, '')))[1]::text::int)::int as n
      from pg_tables where schemaname = 'public' and tablename not like '%heartbeat%'`) as [{ n: number }]
    return n
  }
  const before = await rows()
  await verify(form1)
  await verify({ ...form1, credentialSubject: { name: 'Nobody' } })
  expect(await rows()).toBe(before)
})

describe('the key set', () => {
  test('holds the present key under its thumbprint, for any origin, and can be asked again', async () => {
    const answer = await ask(contract.jwks)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    const { keys } = answer.body
    expect(keys).toHaveLength(1)
    const { createPublicKey } = await import('node:crypto')
    expect(thumbprintOf(createPublicKey({ key: keys[0], format: 'jwk' }))).toBe(keys[0].kid)
    expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
    expect(keys[0]).not.toHaveProperty('d')
    const headers = { 'if-none-match': answer.headers.get('etag')! }
    expect((await ask(contract.jwks, { headers })).status).toBe(304)
  })
})
