import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { keySettings, TEST_KEYS } from '@/lib/testing/vectors'
import { didDocument } from './did-document'
import { loadPublicKey } from './keys'

test('PEM for RSA and base58 for Ed25519, under the name that proofs carry', async () => {
  const rsa = await loadPublicKey(keySettings('RSA'))
  expect(didDocument(rsa, [], keySettings('RSA'))).toMatchObject({
    id: 'did:india',
    verificationMethod: [{ id: 'did:india', controller: 'https://divoc.dev/', publicKeyPem: TEST_KEYS.RSA.publicKey }],
    assertionMethod: ['did:india'],
  })
  const ed25519 = await loadPublicKey(keySettings('ED25519'))
  expect(didDocument(ed25519, [], keySettings('ED25519'))).toMatchObject({
    verificationMethod: [{ publicKeyBase58: TEST_KEYS.ED25519.publicKey }],
  })
})

test('a former key follows under its thumbprint', async () => {
  // The key and thumbprint of RFC 8037, appendix A.
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
  const former = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const id = 'did:india#kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
  const rsa = await loadPublicKey(keySettings('RSA'))
  expect(didDocument(rsa, [former], keySettings('RSA'))).toMatchObject({
    verificationMethod: [
      { id: 'did:india', type: 'RsaVerificationKey2018' },
      { id, type: 'Ed25519VerificationKey2018', publicKeyBase58: 'FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z' },
    ],
    assertionMethod: ['did:india', id],
  })
})

test('a key that signs no certificates is not published', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const rsa = await loadPublicKey(keySettings('RSA'))
  expect(() => didDocument(rsa, [ec], keySettings('RSA'))).toThrow(/is ec/)
})
