import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { keySettings, TEST_KEYS } from '@/lib/testing/vectors'
import { didDocument } from './did-document'
import { describe2, loadPublicKey, loadPublicKey2, sandboxSettings, type KeySettings } from './keys'
import { keyOfMultikey } from './multikey'

const DID_WEB = 'did:web:certificates.example.org'

async function keysOf(settings: KeySettings, others: ReturnType<typeof createPublicKey>[] = []) {
  return { present: await loadPublicKey(settings), present2: await loadPublicKey2(settings), others }
}

interface Method {
  id: string
  type: string
  publicKeyPem?: string
  publicKeyBase58?: string
  publicKeyMultibase?: string
}

function methodsOf(document: object): Method[] {
  return (document as { verificationMethod: Method[] }).verificationMethod
}

test('the did:web of the address, also known as what proofs carry; PEM for RSA, the second key in both forms', async () => {
  const document = didDocument(await keysOf(keySettings('RSA')), keySettings('RSA'))
  expect(document).toMatchObject({ id: DID_WEB, alsoKnownAs: ['did:india'] })
  const [rsa, second, multikey, ...more] = methodsOf(document)
  expect(more).toEqual([])
  expect(rsa).toEqual({
    id: 'did:india',
    type: 'RsaVerificationKey2018',
    controller: 'https://divoc.dev/',
    publicKeyPem: TEST_KEYS.RSA.publicKey,
  })
  expect(second).toMatchObject({ type: 'Ed25519VerificationKey2018', publicKeyBase58: TEST_KEYS.ED25519.publicKey })
  expect(second!.id).toMatch(/^did:india#[\w-]{43}$/)
  expect(multikey).toMatchObject({ type: 'Multikey', controller: DID_WEB })
  expect(multikey!.id).toBe(`${DID_WEB}#${multikey!.publicKeyMultibase}`)
  expect(keyOfMultikey(multikey!.publicKeyMultibase!)?.export({ format: 'jwk' }).x).toBe(
    (await loadPublicKey2(keySettings('RSA'))).publicKey.export({ format: 'jwk' }).x,
  )
  expect((document as { assertionMethod: string[] }).assertionMethod).toEqual([rsa!.id, second!.id, multikey!.id])
})

test('one Ed25519 pair for both forms stands there once in each', async () => {
  const settings = keySettings('ED25519')
  const methods = methodsOf(didDocument(await keysOf(settings), settings))
  expect(methods.map(({ id, type }) => [id.slice(0, 12), type])).toEqual([
    ['did:india', 'Ed25519VerificationKey2018'],
    ['did:web:cert', 'Multikey'],
  ])
  expect(methods[0]).toMatchObject({ publicKeyBase58: TEST_KEYS.ED25519.publicKey })
})

test('a former key follows under its thumbprint, and as Multikey', async () => {
  // The key and thumbprint of RFC 8037, appendix A.
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  const former = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const id = 'did:india#kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
  const document = didDocument(await keysOf(keySettings('RSA'), [former]), keySettings('RSA'))
  const publicKeyBase58 = 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z'
  expect(methodsOf(document)).toContainEqual(
    expect.objectContaining({ id, type: 'Ed25519VerificationKey2018', publicKeyBase58 }),
  )
  const name = describe2(keySettings('RSA'), former).verificationMethod
  expect(methodsOf(document)).toContainEqual(expect.objectContaining({ id: name, type: 'Multikey' }))
  expect((document as { assertionMethod: string[] }).assertionMethod).toContain(name)
})

test('test keys are published under their own name and never as the issuer', async () => {
  const settings = sandboxSettings(keySettings('ED25519'))
  const { publicKey } = generateKeyPairSync('ed25519')
  const present = { ...(await loadPublicKey(keySettings('ED25519'))), publicKey }
  const document = didDocument({ present, present2: describe2(settings, publicKey), others: [] }, settings)
  expect(document).toMatchObject({ id: 'did:india#sandbox' })
  expect(document).not.toHaveProperty('alsoKnownAs')
  expect(methodsOf(document).map((method) => method.id)).toEqual(['did:india#sandbox', `${DID_WEB}#sandbox`])
})

test('a key that signs no certificates is not published', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const keys = await keysOf(keySettings('RSA'), [ec])
  expect(() => didDocument(keys, keySettings('RSA'))).toThrow(/is ec/)
})
