import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keySettings, TEST_KEYS } from '@/lib/testing/vectors'
import { loadPublicKey, loadPublicKey2, type SigningKey } from './keys'
import { parsePrivate } from './parsed-key'
import { loadSigningKey } from './signing-keys'

const pem = { type: 'pkcs8', format: 'pem' } as const

describe('keys from the settings', () => {
  test('PEM, PEM on one line and base58 give the same key', async () => {
    const plain = await loadSigningKey(keySettings('RSA'))
    const oneLine = await loadSigningKey(
      keySettings('RSA', { privateKey: TEST_KEYS.RSA.privateKey.trim().replaceAll('\n', '\\n'), publicKey: undefined }),
    )
    expect(await isSamePair(oneLine, plain)).toBe(true)

    const base58 = await loadSigningKey(keySettings('ED25519'))
    const asPem = parsePrivate(TEST_KEYS.ED25519.privateKey, 'ED25519', 'key').export(pem) as string
    const fromPem = await loadSigningKey(keySettings('ED25519', { privateKey: asPem, publicKey: undefined }))
    expect(await isSamePair(fromPem, base58)).toBe(true)
  })

  test('a process that only verifies reads public settings alone, and waits where they say nothing', async () => {
    const none = { privateKey: undefined, publicKey: undefined }
    const ed25519 = { ...TEST_KEYS.ED25519, privateKey: undefined }
    const settings = keySettings('RSA', { privateKey: undefined, ed25519 })
    expect(await loadPublicKey(settings)).not.toHaveProperty('sign')
    expect((await loadPublicKey2(settings)).verificationMethod).toMatch(/^did:web:certificates.example.org#z6Mk/)
    for (const load of [loadPublicKey, loadPublicKey2]) {
      await expect(load(keySettings('RSA', { publicKey: undefined, ed25519: none }))).rejects.toMatchObject({
        code: 'SIGNER_UNAVAILABLE',
      })
    }
  })

  test('an external signer keeps the key that the public setting names', async () => {
    const signer = { url: 'http://localhost:1/sign', token: undefined }
    const key = await loadSigningKey(keySettings('RSA', { privateKey: undefined, signer }))
    expect(key.publicKey.equals((await loadSigningKey(keySettings('RSA'))).publicKey)).toBe(true)
  })

  const big = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export(pem) as string
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem) as string
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string

  test.each([
    ['no key at all', 'RSA', { privateKey: 'hunter2' }, /CERTIFICATE_PRIVATE_KEY is not a key in PEM form/],
    ['no base58', 'ED25519', { privateKey: '0OIl' }, /CERTIFICATE_PRIVATE_KEY is not a key in PEM form/],
    ['another length', 'RSA', { privateKey: big }, /RSA \(3072 bit.*needs RSA \(2048 bit/],
    ['another type', 'RSA', { privateKey: ec }, /CERTIFICATE_PRIVATE_KEY is ec, but SIGNING_KEY_TYPE=RSA/],
    ['RSA for Ed25519', 'ED25519', { privateKey: TEST_KEYS.RSA.privateKey }, /SIGNING_KEY_TYPE=ED25519 needs Ed25519/],
    ['short base58', 'ED25519', { privateKey: '2NEpo7TZRRrLZSi2U' }, /CERTIFICATE_PRIVATE_KEY is base58 of 12 bytes/],
    ['halves of two keys', 'ED25519', { publicKey: other }, /CERTIFICATE_PUBLIC_KEY is not the public half/],
    [
      'a private key as public one',
      'RSA',
      { publicKey: TEST_KEYS.RSA.privateKey },
      /CERTIFICATE_PUBLIC_KEY holds a private/,
    ],
    [
      'a public key alone',
      'RSA',
      { privateKey: undefined },
      /CERTIFICATE_PUBLIC_KEY is set but CERTIFICATE_PRIVATE_KEY/,
    ],
  ] as const)('%s: the error names the setting and keeps the key to itself', async (_what, type, signing, message) => {
    const error = await loadSigningKey(keySettings(type, signing)).then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error?.message).toMatch(message)
    if ('privateKey' in signing && signing.privateKey) expect(error?.message).not.toContain(signing.privateKey)
  })
})

/** Both pairs have one public half, and what one signs is what the other signs (Ed25519), or as long (RSA). */
async function isSamePair(a: SigningKey, b: SigningKey): Promise<boolean> {
  const [ofA, ofB] = await Promise.all([a, b].map(({ sign }) => sign(Buffer.from('the same'))))
  const signsAlike = a.type === 'ED25519' ? Buffer.from(ofA!).equals(ofB!) : ofA!.length === ofB!.length
  return signsAlike && a.publicKey.equals(b.publicKey)
}
