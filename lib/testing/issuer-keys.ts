/** The keys of the vectors as a page reads them from the issuer's DID document. */
import type { KeyType } from '@/lib/signing/keys'
import { issuerKeysOf, type IssuerKeys } from '@/lib/verification/issuer-keys'
import { TEST_KEYS } from './vectors'

/** Published under the name that the vectors carry (did:india), as DIVOC does it. */
export function testIssuer(keyType: KeyType): IssuerKeys {
  const { publicKey } = TEST_KEYS[keyType]
  const key =
    keyType === 'RSA'
      ? { type: 'RsaVerificationKey2018', publicKeyPem: publicKey }
      : { type: 'Ed25519VerificationKey2018', publicKeyBase58: publicKey }
  return issuerKeysOf({ id: 'did:india', verificationMethod: [{ id: 'did:india', ...key }] })
}
