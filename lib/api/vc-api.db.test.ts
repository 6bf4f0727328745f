/** The VC API as a client meets it: issue, check, revoke; what is refused; nothing is ever fetched. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { SIGN_OLDER, signOlder } from '@/lib/certificates/form2'
import { runSigningJobs } from '@/lib/queue/signing-jobs'
import { CREDENTIALS_V2, EXAMPLES_V2, STANDARD_CONTEXTS } from '@/lib/signing/contexts2'
import { proofOptions, proofValueOf, signCredential2, canonize } from '@/lib/signing/eddsa'
import { didKeyOf } from '@/lib/signing/multikey'
import { loadSigningKeys, type SigningKeys } from '@/lib/signing/signing-keys'
import { publishLists } from '@/lib/status-lists/publish'
import { anOperator, aToken, ask, cookieOf, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { SIGN_VC, signVcCredential } from '@/lib/vc-api/sign'
import { vcApiContexts } from '@/lib/vc-api/contexts'
import { contract } from './contract'
import * as crypto from 'node:crypto'
import zlib from 'node:zlib'

type Fields = Record<string, unknown>

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let keys: SigningKeys
const stop = new AbortController()
let worker: Promise<void>

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  const context = liveContext()
  keys = await loadSigningKeys(context.settings)
  const signer = { ...context, ...keys }
  worker = runSigningJobs(
    context,
    {
      [SIGN_VC]: (payload) => signVcCredential(signer, payload),
      [SIGN_OLDER]: (payload) => signOlder(signer, payload),
    },
    stop.signal,
  )
})
afterAll(async () => {
  stop.abort()
  await worker
  await api.close()
})

const plain = (change: Fields = {}): Fields => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:anybody',
  credentialSubject: { id: 'did:example:subject' },
  ...change,
})
const issue = (credential: unknown, options?: Fields, by = token) =>
  ask(contract.issueCredential, { token: by, body: { credential, ...(options ? { options } : {}) } as never })
const issued = async (change: Fields = {}) => {
  const { status, body } = await issue(plain(change))
  expect(status).toBe(201)
  return (body as { verifiableCredential: Fields }).verifiableCredential as Fields & { id: string; proof: Fields }
}
const verify = (verifiableCredential: unknown) =>
  ask(contract.verifyVcCredential, { token, body: { verifiableCredential } as never })
const verifyVp = (verifiablePresentation: unknown, options?: Fields) =>
  ask(contract.verifyPresentation, { token, body: { verifiablePresentation, options } as never })

/** Somebody with a did:key. */
function somebody() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { did, verificationMethod } = didKeyOf(publicKey)
  return { did, signer: { verificationMethod, sign: async (bytes: Uint8Array) => sign(null, bytes, privateKey) } }
}

describe('POST /credentials/issue', () => {
  test('signs as this issuer, with an id and two entries of our lists, and the answer verifies', async () => {
    const credential = await issued({ issuer: { id: 'https://x.example/i', name: 'Ministry' } })
    expect(credential.issuer).toEqual({ id: 'did:web:localhost%3A3000', name: 'Ministry' })
    expect(credential.id).toMatch(/^urn:uuid:/)
    expect((credential.credentialStatus as Fields[]).map((entry) => entry.statusPurpose)).toEqual([
      'revocation',
      'suspension',
    ])
    expect(credential.proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' })
    const { status, body } = await verify(credential)
    expect([status, body]).toMatchObject([200, { verified: true, errors: [], warnings: [] }])
  })

  test('as did:key when the credential names this issuer so: it verifies without asking anybody', async () => {
    const { did, verificationMethod } = didKeyOf(keys.key2.publicKey)
    const credential = await issued({ issuer: did })
    expect(credential.issuer).toBe(did)
    expect(credential.proof.verificationMethod).toBe(verificationMethod)
    expect((await verify(credential)).status).toBe(200)
  })

  test('every character arrives, also those that a database does not keep', async () => {
    const name = 'නිමල් \u0000 \\ "x" \u2028 👩‍⚕️'
    const credential = await issued({ name })
    expect(credential.name).toBe(name)
    expect((await verify(credential)).status).toBe(200)
  })

  test('nothing of the content is kept', async () => {
    await issued({ name: 'Nothing of this is kept' })
    const { db } = liveContext()
    const rows = [await db.vcCredential.findMany(), await db.signingJob.findMany()]
    expect(JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'Nothing of',
    )
  })

  test('again under the same id: a status of that id is the status of both, and of no other client’s', async () => {
    const id = 'urn:uuid:1b2c3d4e-0000-4000-8000-000000000001'
    const [first, second] = [await issued({ id }), await issued({ id })]
    const { body } = await issue(plain({ id }), undefined, await aToken())
    const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
    await ask(contract.setCredentialStatus, { token, body: { credentialId: id, credentialStatus: entry } as never })
    expect([(await verify(first)).status, (await verify(second)).status]).toEqual([400, 400])
    expect((await verify(body.verifiableCredential)).status).toBe(200)
  })

  test('a proof of somebody else stays beside ours', async () => {
    const other = somebody()
    const before = await signCredential2(
      plain({ id: 'urn:uuid:1b2c3d4e-0000-4000-8000-000000000002' }),
      other.signer,
      new Date(),
    )
    const { body } = await issue(before)
    expect((body as { verifiableCredential: { proof: unknown[] } }).verifiableCredential.proof).toHaveLength(2)
  })

  const refused: [string, unknown][] = [
    ['no credential', undefined],
    ['a list', [plain()]],
    ['a word without a meaning', plain({ credentialSubject: { id: 'did:example:a', favouriteColour: 'x' } })],
    ['a type without a meaning', plain({ type: ['VerifiableCredential', 'Unheard'] })],
    [
      'a type that means no URL',
      plain({ '@context': [CREDENTIALS_V2, { Odd: 'odd' }], type: ['VerifiableCredential', 'Odd'] }),
    ],
    [
      'a protected word with another meaning',
      plain({ '@context': [CREDENTIALS_V2, { VerifiableCredential: 'https://x.example/v' }] }),
    ],
    ['a context that is not known', plain({ '@context': [CREDENTIALS_V2, 'https://x.example/context'] })],
    [
      'a context that is not known, further down',
      plain({ credentialSubject: { '@context': 'https://x.example/context', id: 'urn:x:1' } }),
    ],
    [
      'a context that imports another',
      plain({ '@context': [CREDENTIALS_V2, { '@version': 1.1, '@import': 'https://x.example/context' }] }),
    ],
    ['words of version 1', plain({ issuanceDate: '2020-01-01T00:00:00Z' })],
    [
      'a place in our lists',
      plain({
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '1',
          statusListCredential: `${ORIGIN}/status/1/revocation`,
        },
      }),
    ],
    ['a subject that says nothing', plain({ credentialSubject: {} })],
    ['half a character', plain({ name: 'a\ud800' })],
  ]
  test.each(refused)('refused: %s', async (_what, credential) => {
    expect(await issue(credential)).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } })
  })

  const vocabulary = `${ORIGIN}/contexts/vaccination-certificate/v1`
  const status = 'https://www.w3.org/ns/credentials/status#'
  const ours: [string, Fields, Fields | undefined, string][] = [
    ['our vocabulary', { '@context': [CREDENTIALS_V2, vocabulary] }, undefined, '/credential/@context'],
    [
      'our vocabulary further down',
      { credentialSubject: { '@context': vocabulary, id: 'urn:x:1' } },
      undefined,
      '/credential/@context',
    ],
    [
      'our vocabulary in words of its own',
      { '@context': [CREDENTIALS_V2, { own: `${vocabulary}#certificateId` }], credentialSubject: { own: '1' } },
      undefined,
      '/credential',
    ],
    [
      'a status list',
      { type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
      undefined,
      '/credential/type',
    ],
    [
      'a status list by another word',
      {
        '@context': [CREDENTIALS_V2, { L: `${status}BitstringStatusListCredential` }],
        type: ['VerifiableCredential', 'L'],
      },
      undefined,
      '/credential',
    ],
    ['an address of ours as id', { id: `${ORIGIN}/status/1/revocation` }, undefined, '/credential/id'],
    ['our address as id', { id: ORIGIN.toUpperCase() }, undefined, '/credential/id'],
    [
      'an address of ours as subject',
      { credentialSubject: { id: `${ORIGIN}/v3/x`, name: 'x' } },
      undefined,
      '/credential',
    ],
    ['an address of ours as credentialId', {}, { credentialId: `${ORIGIN}/x` }, '/options/credentialId'],
    ['NUL in credentialId', {}, { credentialId: 'urn:x:\u0000' }, '/options/credentialId'],
    ['half a character in credentialId', {}, { credentialId: 'urn:x:\ud800' }, '/options/credentialId'],
    ['NUL in id', { id: 'urn:x:\u0000' }, undefined, '/credential/id'],
    ['half a character in id', { id: 'urn:x:\ud800' }, undefined, '/credential/id'],
  ]
  test.each(ours)('refused, with its place: %s', async (_what, change, options, path) => {
    const { status: answered, body } = await issue(plain(change), options)
    expect([answered, body.details?.[0]?.path]).toEqual([400, path])
  })

  test('refused: options that are not known', async () => {
    expect(await issue(plain(), { mandatoryPointers: ['/x'] })).toMatchObject({ status: 400 })
  })
})

describe('hostile documents', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) })
  const documents: [string, () => unknown][] = [
    ['nested too deep', () => plain({ '@context': [CREDENTIALS_V2, EXAMPLES_V2], credentialSubject: nested(40) })],
    ['too many values', () => plain({ evidence: Array.from({ length: 4000 }, () => ({ type: 'E' })) })],
    [
      'too many contexts',
      () => plain({ '@context': [CREDENTIALS_V2, ...Array(20).fill({ x: 'https://x.example/x' })] }),
    ],
    ['a prototype as a key', () => JSON.parse('{"@context":[],"__proto__":{"verified":true}}')],
    ['a constructor as a key', () => plain({ constructor: { prototype: { verified: true } } })],
    ['a graph of blank nodes that are hard to tell apart', () => hardGraph()],
  ]
  test.each(documents)('%s: refused by every endpoint, at once', async (_what, make) => {
    const document = make()
    expect((await issue(document)).status).toBe(400)
    expect((await verify({ ...(document as Fields), proof: aProof() })).status).toBe(400)
    expect(
      (await verifyVp({ ...(document as Fields), type: ['VerifiablePresentation'], proof: aProof() })).status,
    ).toBe(400)
    expect(({} as Fields).verified).toBeUndefined()
  })

  const aProof = () => ({
    ...proofOptions('did:key:z6Mk#z6Mk', new Date()),
    proofValue: proofValueOf(new Uint8Array(64)),
  })
  /** A clique of nodes without ids: every one of them looks like every other. */
  function hardGraph(): Fields {
    const names = Array.from({ length: 12 }, (_, n) => `_:b${n}`)
    const nodes = names.map((id) => ({
      id,
      knows: names.filter((other) => other !== id).map((other) => ({ id: other })),
    }))
    return plain({ '@context': [CREDENTIALS_V2, EXAMPLES_V2], credentialSubject: { id: 'urn:x:1', all: nodes } })
  }
})

describe('POST /credentials/verify', () => {
  test('keys of trusted issuers count under their own names, each of them, and under no name of ours', async () => {
    const issuer = 'did:example:ministry'
    const pairs = [1, 2].map((n) => ({ ...generateKeyPairSync('ed25519'), name: `${issuer}#key-${n}` }))
    const verificationMethod = pairs.map(({ publicKey, name: id }) => ({
      id,
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }),
    }))
    const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
    const trust = (body: Fields) =>
      ask(contract.addTrusted, { cookie, headers: { 'sec-fetch-site': 'same-origin' }, body: body as never })
    const keysText = JSON.stringify({ id: issuer, verificationMethod })
    expect((await trust({ name: 'Ministry', keys: keysText, verificationMethod: '' })).status).toBe(200)
    for (const { privateKey, name } of pairs) {
      const signer = { verificationMethod: name, sign: async (bytes: Uint8Array) => sign(null, bytes, privateKey) }
      expect((await verify(await signCredential2(plain({ issuer }), signer, new Date()))).status).toBe(200)
    }
    const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })
    for (const name of ['did:web:localhost%3A3000', 'did:web:LOCALHOST%3a3000#key-1', somebody().did]) {
      expect((await trust({ name: 'Nobody', keys: pem, verificationMethod: name })).status).toBe(400)
    }
  })

  test('a credential of somebody with a did:key verifies', async () => {
    const { did, signer } = somebody()
    const credential = await signCredential2(plain({ issuer: did }), signer, new Date())
    expect((await verify(credential)).status).toBe(200)
  })

  test('somebody else’s status list is not asked: a warning says so, and nothing was fetched', async () => {
    let asked = 0
    const server = http.createServer((_request, response) => (asked++, response.end('{}'))).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/list`
    const { did, signer } = somebody()
    const entry = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '1',
      statusListCredential: address,
    }
    const credential = await signCredential2(plain({ issuer: did, credentialStatus: entry }), signer, new Date())
    const { status, body } = await verify(credential)
    expect([status, body]).toMatchObject([200, { verified: true, warnings: [{ pointer: '/credentialStatus' }] }])
    const bait = plain({ '@context': [CREDENTIALS_V2, address], credentialSchema: { id: address, type: 'JsonSchema' } })
    expect((await issue(bait)).status).toBe(400)
    expect((await verify({ ...bait, proof: credential.proof })).status).toBe(400)
    expect(asked).toBe(0)
    server.close()
  })

  const alterations: [string, (credential: Fields & { proof: Fields }) => unknown][] = [
    ['an added value', (c) => ({ ...c, name: 'x' })],
    ['another subject', (c) => ({ ...c, credentialSubject: { id: 'did:example:other' } })],
    ['another issuer', (c) => ({ ...c, issuer: somebody().did })],
    ['no status', ({ credentialStatus: _status, ...c }) => c],
    ['no proof', ({ proof: _proof, ...c }) => c],
    ['a proof that is a list of none', (c) => ({ ...c, proof: [] })],
    [
      'a second proof that does not hold',
      (c) => ({ ...c, proof: [c.proof, { ...c.proof, created: '2020-01-01T00:00:00Z' }] }),
    ],
    ...['type', 'cryptosuite', 'created', 'verificationMethod', 'proofPurpose', 'proofValue'].map(
      (name): [string, (credential: Fields & { proof: Fields }) => unknown] => [
        `a proof without ${name}`,
        (c) => ({ ...c, proof: Object.fromEntries(Object.entries(c.proof).filter(([key]) => key !== name)) }),
      ],
    ),
    ['a proof of a proof', (c) => ({ ...c, proof: { ...c.proof, previousProof: 'urn:x:1' } })],
    ['a proof with another purpose', (c) => ({ ...c, proof: { ...c.proof, proofPurpose: 'authentication' } })],
    ['another suite', (c) => ({ ...c, proof: { ...c.proof, cryptosuite: 'eddsa-jcs-2022' } })],
    ['a longer signature', (c) => ({ ...c, proof: { ...c.proof, proofValue: `${c.proof.proofValue}111` } })],
    ['another base', (c) => ({ ...c, proof: { ...c.proof, proofValue: `u${String(c.proof.proofValue).slice(1)}` } })],
  ]
  test.each(alterations)('not verified: %s', async (_what, alter) => {
    const { status, body } = await verify(alter(await issued()))
    expect([status, body]).toMatchObject([400, { verified: false, code: 'NOT_VERIFIED' }])
    expect((body as { errors: unknown[] }).errors.length).toBeGreaterThan(0)
  })

  test('hashed with SHA-512, or canonicalised otherwise: not verified', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const { did, verificationMethod } = didKeyOf(publicKey)
    const document = plain({ issuer: did })
    const options = proofOptions(verificationMethod, new Date())
    const texts = async (jcs: boolean) =>
      jcs
        ? [JSON.stringify(options), JSON.stringify(document)]
        : Promise.all([
            canonize({ ...options, '@context': document['@context'] }, STANDARD_CONTEXTS),
            canonize(document, STANDARD_CONTEXTS),
          ])
    const made = async (algorithm: string, jcs: boolean) => {
      const bytes = Buffer.concat((await texts(jcs)).map((text) => crypto.hash(algorithm, text, 'buffer')))
      return {
        ...document,
        proof: { ...options, proofValue: proofValueOf(sign(null, bytes, privateKey as KeyObject)) },
      }
    }
    expect((await verify(await made('sha256', false))).status).toBe(200)
    expect((await verify(await made('sha512', false))).status).toBe(400)
    expect((await verify(await made('sha256', true))).status).toBe(400)
  })

  test('before and after its time: not verified', async () => {
    const early = await issued({ validFrom: '2999-01-01T00:00:00Z' })
    expect(await verify(early)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/validFrom' }] } })
    const late = await issued({ validUntil: '2020-01-01T00:00:00Z' })
    expect(await verify(late)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/validUntil' }] } })
  })

  test('the second form of a certificate verifies here, and not after it was replaced', async () => {
    const certify = (name: string, row: typeof contract.certify | typeof contract.updateCertificates) =>
      ask(row, { token, body: [aRequest({ preEnrollmentCode: 'VC2', recipient: { name } })] as never })
    const first = await certify('One', contract.certify)
    const { certificateId } = (first.body as { results: { certificateId: string }[] }).results[0]!
    await issueWaiting()
    const { credential2 } = await liveContext().db.certificate.findUniqueOrThrow({ where: { certificateId } })
    const real = JSON.parse(credential2!)
    const { proof: _proof, ...unsigned } = real
    const signed = await signCredential2(unsigned, keys.key2, new Date(0), vcApiContexts(ORIGIN))
    expect(await verify(signed)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: 'is no certificate as it was issued here.' }] },
    })
    expect((await verify(real)).status).toBe(200)
    await certify('Two', contract.updateCertificates)
    await issueWaiting()
    expect(await verify(real)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: 'says that it was replaced.' }] },
    })
  })
})

test.each([
  [{ expectedProofPurpose: 'assertionMethod' }, undefined],
  [{ expectedProofPurpose: 'authentication' }, '/proof/proofPurpose'],
  [{ challenge: 'c0ae1c8e' }, '/proof/challenge'],
  [{ domain: 'example.org' }, '/proof/domain'],
])('POST /credentials/verify where the proof is expected to say %j', async (options, pointer) => {
  const body = { verifiableCredential: await issued(), options }
  const answer = await ask(contract.verifyVcCredential, { token, body: body as never })
  expect(answer.status).toBe(pointer ? 400 : 200)
  const { errors } = answer.body as { errors: { pointer: string }[] }
  expect(errors.map((one) => one.pointer)).toEqual(pointer ? [pointer] : [])
})

describe('POST /presentations/verify', () => {
  const challenge = 'c0ae1c8e-c7e7-469f-b252-86e6a0e7387e'
  const present = async (change: Fields, more: Fields = { challenge }, holder = somebody()) => {
    const document: Fields = { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'], ...change }
    const options = {
      ...proofOptions(holder.signer.verificationMethod, new Date()),
      proofPurpose: 'authentication',
      ...more,
    }
    const contexts = vcApiContexts(ORIGIN)
    const texts = [
      await canonize({ ...options, '@context': document['@context'] }, contexts),
      await canonize(document, contexts),
    ]
    const bytes = Buffer.concat(texts.map((text) => crypto.hash('sha256', text, 'buffer')))
    return { ...document, proof: { ...options, proofValue: proofValueOf(await holder.signer.sign(bytes)) } }
  }

  test('with credentials, holder and challenge', async () => {
    const holder = somebody()
    const vp = await present(
      { holder: holder.did, verifiableCredential: [await issued(), await issued()] },
      { challenge },
      holder,
    )
    expect((await verifyVp(vp, { challenge })).status).toBe(200)
    expect((await verifyVp(vp)).status).toBe(200)
    expect((await verifyVp(vp, { challenge: 'another' })).status).toBe(400)
    expect((await verifyVp(vp, { challenge, domain: 'example.org' })).status).toBe(400)
  })

  test('with a domain', async () => {
    const vp = await present({}, { challenge, domain: 'example.org' })
    expect((await verifyVp(vp, { challenge, domain: 'example.org' })).status).toBe(200)
  })

  test('an altered credential, a revoked one, or one without a proof in it: not verified', async () => {
    const good = await issued()
    const { proof: _proof, ...bare } = good
    expect((await verifyVp(await present({ verifiableCredential: [good, { ...good, name: 'x' }] }))).status).toBe(400)
    expect((await verifyVp(await present({ verifiableCredential: bare }))).status).toBe(400)
  })

  test('a holder that did not sign, or a self-asserted credential without its holder: not verified', async () => {
    const holder = somebody()
    const own = await signCredential2(plain({ issuer: holder.did }), holder.signer, new Date())
    const status = async (change: Fields) => (await verifyVp(await present(change, { challenge }, holder))).status
    expect(await status({ holder: 'did:example:acme' })).toBe(400)
    expect(await status({ verifiableCredential: [own] })).toBe(400)
    expect(await status({ verifiableCredential: [own], holder: holder.did })).toBe(200)
    expect(await status({ verifiableCredential: [own], holder: { id: holder.did } })).toBe(200)
  })

  test('without a proof, or altered: not verified', async () => {
    const vp = await present({})
    const { proof: _proof, ...bare } = vp
    expect((await verifyVp(bare)).status).toBe(400)
    expect((await verifyVp({ ...vp, id: 'urn:x:1' })).status).toBe(400)
    expect(
      (await verifyVp({ ...vp, proof: { ...vp.proof, proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' } })).status,
    ).toBe(400)
  })
})

describe('POST /credentials/status', () => {
  const entry = (statusPurpose: string) => ({ type: 'BitstringStatusListEntry', statusPurpose })
  const set = (body: unknown, by = token) => ask(contract.setCredentialStatus, { token: by, body: body as never })

  test('suspended, valid again, revoked for good: checks and published lists say so', async () => {
    const credential = await issued()
    const credentialId = credential.id
    const publisher = { ...liveContext(), key2: keys.key2 }
    const listed = async (purpose: string) => {
      while ((await publishLists(publisher)) > 0);
      const { statusListId, statusIndex } = await liveContext().db.vcCredential.findFirstOrThrow({
        where: { credentialId },
      })
      const params = { listId: String(statusListId), purpose }
      const { bytes } = await ask(contract.statusList, { params })
      return bitOf(JSON.parse(new TextDecoder().decode(bytes)), statusIndex)
    }
    expect([await listed('revocation'), await listed('suspension')]).toEqual([0, 0])
    expect((await set({ credentialId, credentialStatus: entry('suspension'), status: true })).status).toBe(200)
    expect(await verify(credential)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: 'says that it is suspended.' }] },
    })
    expect([await listed('revocation'), await listed('suspension')]).toEqual([0, 1])
    expect((await set({ credentialId, credentialStatus: entry('suspension'), status: false })).status).toBe(200)
    expect((await verify(credential)).status).toBe(200)
    expect([await listed('revocation'), await listed('suspension')]).toEqual([0, 0])
    expect((await set({ credentialId, credentialStatus: [{ ...entry('revocation'), status: '1' }] })).status).toBe(200)
    expect(await verify(credential)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: 'says that it was revoked.' }] },
    })
    expect([await listed('revocation'), await listed('suspension')]).toEqual([1, 0])
    expect(await set({ credentialId, credentialStatus: entry('revocation'), status: false })).toMatchObject({
      status: 412,
      body: { code: 'CERTIFICATE_REVOKED' },
    })
    const audit = await liveContext().db.auditEvent.findMany({ where: { action: 'vc_credential.status' } })
    expect(audit).toHaveLength(3 + 2)
  })

  test('of nobody’s, or another client’s credential: not found', async () => {
    const { id: credentialId } = await issued()
    const request = { credentialId, credentialStatus: entry('revocation'), status: true }
    expect((await set(request, await aToken())).status).toBe(404)
    expect((await set({ ...request, credentialId: 'urn:x:none' })).status).toBe(404)
    expect((await set({ ...request, credentialStatus: { type: 'Other' } })).status).toBe(400)
    expect((await set({ ...request, credentialId: 'urn:x:\u0000' })).status).toBe(400)
  })

  function bitOf(list: { credentialSubject: { encodedList: string } }, index: number): number {
    const bytes = gunzip(list.credentialSubject.encodedList.slice(1))
    return (bytes[index >> 3]! >> (7 - (index & 7))) & 1
  }
  const gunzip = (text: string) => zlib.gunzipSync(Buffer.from(text, 'base64url'))
})

test('only for clients whose token may: not without one, not with another scope, not for people, not in the sandbox', async () => {
  const cookie = await cookieOf(await anOperator({ roles: ['administrator'] }))
  const rows = [
    contract.issueCredential,
    contract.verifyVcCredential,
    contract.verifyPresentation,
    contract.setCredentialStatus,
  ]
  for (const row of rows) {
    const body = row.body.example as never
    expect((await ask(row, { body })).status).toBe(401)
    expect((await ask(row, { token: await aToken({ scopes: ['certify', 'update', 'read'] }), body })).status).toBe(403)
    expect((await ask(row, { token: await aToken({ sandbox: true }), body })).status).toBe(403)
    expect((await ask(row, { cookie, body })).status).toBe(403)
  }
})

test('without a worker: 503, and nothing is issued', async () => {
  stop.abort()
  await worker
  const before = await liveContext().db.vcCredential.count()
  expect(await issue(plain())).toMatchObject({ status: 503, body: { code: 'SIGNER_UNAVAILABLE' } })
  expect(await liveContext().db.vcCredential.count()).toBe(before)
}, 30_000)
