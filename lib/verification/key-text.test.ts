/** Keys as people paste them: every usual form gives the same key, private and useless ones are named as such. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import bs58 from 'bs58'
import { describe, expect, test } from 'vitest'
import { didDocument } from '@/lib/signing/did-document'
import { describe2, loadPublicKey } from '@/lib/signing/keys'
import { keySettings, TEST_KEYS } from '@/lib/testing/vectors'
import { fingerprintOf, readKeys } from './key-text'

const rsaPem = TEST_KEYS.RSA.publicKey
const rsaKey = createPublicKey(rsaPem)
const ed25519 = TEST_KEYS.ED25519.publicKey
const raw = Buffer.from(bs58.decode(ed25519))
const ed25519Der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw])
const ed25519Pem = createPublicKey({ key: ed25519Der, format: 'der', type: 'spki' }).export({
  type: 'spki',
  format: 'pem',
})

const one = (text: string) => {
  const read = readKeys(text)
  if ('problem' in read) throw new Error(read.problem)
  expect(read.keys).toHaveLength(1)
  return read.keys[0]!
}
const problem = (text: string) => {
  const read = readKeys(text)
  return 'problem' in read ? read.problem : read.keys
}
const multibase = (codec: number[], bytes: Uint8Array) => `z${bs58.encode(Uint8Array.from([...codec, ...bytes]))}`

describe('one key in every form', () => {
  test.each([
    ['PEM', rsaPem],
    ['PEM without its last line break, indented around', `\n  ${rsaPem.trim()}  \n`],
    ['PEM on one line, as in environment files', rsaPem.replaceAll('\n', '\\n')],
    ['PEM with Windows line ends', rsaPem.replaceAll('\n', '\r\n')],
    ['PKCS#1', rsaKey.export({ type: 'pkcs1', format: 'pem' }) as string],
    ['JWK', JSON.stringify(rsaKey.export({ format: 'jwk' }))],
  ])('RSA as %s', (_form, text) => {
    expect(one(text)).toEqual({ algorithm: 'RSA', publicKey: rsaPem, verificationMethod: null })
  })

  test.each([
    ['base58', ed25519],
    ['base58 in two lines', `${ed25519.slice(0, 20)}\n${ed25519.slice(20)}`],
    ['multibase', multibase([0xed, 0x01], raw)],
    ['PEM', ed25519Pem as string],
    ['JWK', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') })],
  ])('Ed25519 as %s', (_form, text) => {
    expect(one(text)).toEqual({ algorithm: 'ED25519', publicKey: ed25519, verificationMethod: null })
  })

  test('all of a DID document, under their names, each once', async () => {
    const settings = keySettings('RSA')
    const present2 = describe2(settings, createPublicKey(ed25519Pem))
    const document = didDocument({ present: await loadPublicKey(settings), present2, others: [] }, settings)
    const read = readKeys(JSON.stringify(document, null, 2))
    expect(read).toMatchObject({
      keys: [
        { algorithm: 'RSA', publicKey: rsaPem, verificationMethod: 'did:india' },
        { algorithm: 'ED25519', publicKey: ed25519, verificationMethod: expect.stringMatching(/^did:india#/) },
      ],
    })
    const more = {
      id: 'did:example:1',
      verificationMethod: [
        { id: '#key-1', type: 'Multikey', publicKeyMultibase: multibase([0xed, 0x01], raw) },
        { id: 'did:example:1#key-2', type: 'JsonWebKey2020', publicKeyJwk: rsaKey.export({ format: 'jwk' }) },
        { id: '#again', type: 'Ed25519VerificationKey2018', publicKeyBase58: ed25519 },
        { id: '#bls', type: 'Bls12381G2Key2020', publicKeyBase58: bs58.encode(new Uint8Array(96).fill(7)) },
        null,
      ],
    }
    expect(readKeys(JSON.stringify(more))).toMatchObject({
      keys: [{ verificationMethod: 'did:example:1#key-1' }, { verificationMethod: 'did:example:1#key-2' }],
    })
  })

  test('the same key has the same fingerprint, another one another', () => {
    const first = fingerprintOf(one(rsaPem))
    expect(first).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    expect(fingerprintOf(one(JSON.stringify(rsaKey.export({ format: 'jwk' }))))).toBe(first)
    expect(fingerprintOf(one(ed25519))).not.toBe(first)
  })
})

describe('what is no key to trust', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const own = generateKeyPairSync('ed25519')
  const privateJwk = own.privateKey.export({ format: 'jwk' })
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const pem = (key: typeof short, type: 'spki' | 'pkcs1' = 'spki') => key.export({ type, format: 'pem' }) as string

  test.each([
    ['a PEM', pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string],
    ['an old PEM', pair.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string],
    ['both halves in one text', `${rsaPem}\n${pair.privateKey.export({ type: 'pkcs8', format: 'pem' })}`],
    ['DIVOC’s base58 of 64 bytes', TEST_KEYS.ED25519.privateKey],
    ['a JWK', JSON.stringify(privateJwk)],
    ['multibase', multibase([0x80, 0x26], raw)],
    [
      'a document with a private JWK',
      JSON.stringify({ id: 'did:x', verificationMethod: [{ id: 'did:x', publicKeyJwk: privateJwk }] }),
    ],
    [
      'a document that keeps the private half beside the public one',
      JSON.stringify({
        id: 'did:x',
        verificationMethod: [{ id: 'did:x', publicKeyBase58: ed25519, privateKeyBase58: 'x' }],
      }),
    ],
  ])('a private key in %s', (_form, text) => expect(problem(text)).toBe('private'))

  test.each([
    ['weak', pem(short)],
    ['other', pem(ec)],
    ['other', JSON.stringify(ec.export({ format: 'jwk' }))],
    ['other', multibase([0x80, 0x24], Uint8Array.from(raw))],
    ['unsound', bs58.encode(new Uint8Array(32))],
    ['unsound', bs58.encode(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : at === 31 ? 0x80 : 0)))],
    ['certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['empty', '  \n '],
    ['too_long', 'x'.repeat(70_000)],
    ['unreadable', 'hello'],
    ['unreadable', '{'],
    ['unreadable', '{}'],
    ['unreadable', rsaPem.replace('MII', 'AAA')],
    ['unreadable', rsaPem.slice(0, 200)],
    ['unreadable', bs58.encode(new Uint8Array(31).fill(3))],
    ['no_keys', '{"id":"did:x","verificationMethod":[]}'],
    ['no_keys', '{"id":"did:x","verificationMethod":[{"id":"did:x","publicKeyPem":5},"text",{}]}'],
  ])('%s', (expected, text) => expect(problem(text)).toBe(expected))

  test('more than twenty keys in one document', () => {
    const verificationMethod = Array.from({ length: 21 }, (_, at) => ({
      id: `#${at}`,
      publicKeyBase58: bs58.encode(new Uint8Array(32).fill(at + 2)),
    }))
    expect(problem(JSON.stringify({ id: 'did:x', verificationMethod }))).toBe('too_many')
  })
})
