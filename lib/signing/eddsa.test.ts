/** eddsa-rdfc-2022 against the published test vector of vc-di-eddsa (section B.1), and against what goes wrong. */
import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import bs58 from 'bs58'
import { describe, expect, test } from 'vitest'
import { CREDENTIALS_V2, EXAMPLES_V2, STANDARD_CONTEXTS, type PinnedContexts } from './contexts2'
import { canonize, isTimestamp, signCredential2, verifyCredential2, type Signer2 } from './eddsa'
import { keyOfDidKey, keyOfMultikey, multikeyOf } from './multikey'

const PUBLIC = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
const SECRET = 'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq'
const METHOD = `did:key:${PUBLIC}#${PUBLIC}`
const AT = new Date('2023-02-24T23:36:38Z')

const seed = bs58.decode(SECRET.slice(1)).subarray(2)
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
})
const signer: Signer2 = { verificationMethod: METHOD, sign: async (bytes) => sign(null, bytes, privateKey) }

const contexts: PinnedContexts = new Map([
  ...STANDARD_CONTEXTS,
  [EXAMPLES_V2, { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
])
const alumni = {
  '@context': [CREDENTIALS_V2, EXAMPLES_V2],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
}
const minimal = {
  '@context': [CREDENTIALS_V2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  credentialSubject: { id: 'did:example:abcdefgh' },
}

describe('the published vector', () => {
  test('its key pair belongs together, and its did:key is read', () => {
    expect(multikeyOf(createPublicKey(privateKey))).toBe(PUBLIC)
    expect(keyOfDidKey(METHOD)?.equals(createPublicKey(privateKey))).toBe(true)
  })

  test('the canonical document has the published hash', async () => {
    expect(hash('sha256', await canonize(alumni, contexts), 'hex')).toBe(
      '517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017',
    )
  })

  test('we write the published proof, byte for byte, and it verifies', async () => {
    const signed = await signCredential2(alumni, signer, AT, contexts)
    expect(signed.proof).toEqual({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2023-02-24T23:36:38Z',
      verificationMethod: METHOD,
      proofPurpose: 'assertionMethod',
      proofValue: 'z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme',
    })
    expect(await verifyCredential2(signed, keyOfDidKey, { contexts })).toEqual({ verified: true })
  })
})

describe('signing refuses what would stay unsigned', () => {
  const refused: [string, object][] = [
    ['a word that no context defines', { ...minimal, credentialSubject: { id: 'did:example:a', nickname: 'x' } }],
    ['a type that no context defines', { ...minimal, type: ['VerifiableCredential', 'Unheard'] }],
    ['a relative id', { ...minimal, id: 'certificate/1' }],
    ['a context that is not pinned', { ...minimal, '@context': [CREDENTIALS_V2, 'https://example.org/context'] }],
    ['half a character', { ...minimal, name: 'x\ud83d' }],
    ['a document that has a proof', { ...minimal, proof: {} }],
    ['a document that says nothing', {}],
  ]
  test.each(refused)('%s', async (_what, document) => {
    await expect(signCredential2(document, signer, AT)).rejects.toThrow()
  })
})

test('a context pinned for one use is not known to another, wherever it is named', async () => {
  await signCredential2(alumni, signer, AT, contexts)
  const inside = { ...minimal, credentialSubject: { '@context': EXAMPLES_V2, id: 'did:example:a', alumniOf: 'x' } }
  const imported = { ...minimal, '@context': [CREDENTIALS_V2, { '@version': 1.1, '@import': EXAMPLES_V2 }] }
  for (const document of [alumni, inside, imported]) {
    await expect(signCredential2(document, signer, AT)).rejects.toThrow(/not pinned/)
  }
})

describe('verifying', () => {
  const signed = () => signCredential2({ ...minimal, name: 'One' }, signer, AT)

  test.each([
    ['a changed value', { name: 'Two' }],
    ['an added value', { description: 'more' }],
    ['another subject', { credentialSubject: { id: 'did:example:other' } }],
  ])('notices %s', async (_what, change) => {
    expect(await verifyCredential2({ ...(await signed()), ...change }, keyOfDidKey)).toMatchObject({ code: 'ALTERED' })
  })

  test.each([
    ['created', '2024-02-24T23:36:38Z', 'ALTERED'],
    ['created', 'yesterday', 'MALFORMED_PROOF'],
    ['proofPurpose', 'authentication', 'MALFORMED_PROOF'],
    ['cryptosuite', 'eddsa-jcs-2022', 'MALFORMED_PROOF'],
    ['type', 'Ed25519Signature2020', 'MALFORMED_PROOF'],
    ['proofValue', 'm' + 'A'.repeat(86), 'MALFORMED_PROOF'],
    ['proofValue', 'z' + '1'.repeat(64), 'ALTERED'],
    ['proofValue', 'z' + '2'.repeat(1_000_000), 'MALFORMED_PROOF'],
    ['verificationMethod', 'did:web:elsewhere.example#key', 'UNKNOWN_KEY'],
    ['verificationMethod', ['did:key:z'], 'MALFORMED_PROOF'],
    ['expires', '2020-01-01T00:00:00Z', 'EXPIRED_PROOF'],
    ['unheardOf', 'x', 'NOT_DEFINED'],
  ])('a proof with %s = %s is refused', async (member, value, code) => {
    const { proof, ...document } = await signed()
    const answer = await verifyCredential2({ ...document, proof: { ...proof, [member]: value } }, keyOfDidKey)
    expect(answer).toMatchObject({ verified: false, code })
  })

  test.each([null, 7, 'text', [], {}, { proof: [] }, { proof: null }, { '@context': 1, proof: {} }])(
    'what is no signed document is refused: %j',
    async (given) => {
      expect((await verifyCredential2(given, keyOfDidKey)).verified).toBe(false)
    },
  )

  test('another key than the one that signed does not verify', async () => {
    const other = keyOfMultikey('z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK')
    expect(await verifyCredential2(await signed(), () => other)).toMatchObject({ code: 'ALTERED' })
  })
})

test('a time has seconds, a zone and a day that exists', () => {
  for (const good of ['2023-02-24T23:36:38Z', '2024-02-29T00:00:00.123+05:30', '2023-01-01T00:00:00-14:00']) {
    expect([good, isTimestamp(good)]).toEqual([good, true])
  }
  for (const bad of [
    '2023-02-29T00:00:00Z',
    '2023-02-24',
    '2023-02-24T23:36:38',
    '2023-02-24T24:00:00Z',
    '',
    7,
    '2023-13-01T00:00:00Z',
    '2023-01-01T00:00:00+15:00',
  ]) {
    expect([bad, isTimestamp(bad)]).toEqual([bad, false])
  }
})
