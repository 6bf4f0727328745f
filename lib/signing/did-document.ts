/** The DID document: the issuer's public keys for everybody who checks certificates. */
import type { KeyObject } from 'node:crypto'
import bs58 from 'bs58'
import type { Config } from '@/lib/config'
import { didWebOf, verificationMethod2 } from './did-web'
import type { PublicKey, PublicKey2 } from './keys'
import { multikeyOf } from './multikey'
import { isSandboxKeyName } from './sandbox'
import { isSameKey, thumbprintOf } from './thumbprint'

export interface PublishedKeys {
  present: PublicKey
  /** Of the second form. It may be the same key. */
  present2: PublicKey2
  others: KeyObject[]
}

/**
 * The document at /.well-known/did.json. It is that of the did:web of PUBLIC_URL; DIVOC's verifiers know the same issuer as
 * CERTIFICATE_DID. For DIVOC's proofs: PEM for RSA, base58 for Ed25519, as their verifiers are given keys; the present key
 * comes first and has the name that proofs carry, others are "<did>#<thumbprint>". For Data Integrity proofs every Ed25519
 * key stands there as Multikey too, under the name that such proofs carry.
 */
export function didDocument(
  { present, present2, others }: PublishedKeys,
  { signing, publicUrl }: Pick<Config, 'signing' | 'publicUrl'>,
): object {
  const { did, controller } = signing
  const isTest = isSandboxKeyName(did)
  // Test keys are nobody's identity that others resolve.
  const id = isTest ? did : didWebOf(publicUrl)
  const known = [...(isSameKey(present.publicKey, present2.publicKey) ? [] : [present2.publicKey]), ...others]
  const divoc = [
    { id: did, key: present.publicKey },
    ...known.map((key) => ({ id: `${did}#${thumbprintOf(key)}`, key })),
  ].map(({ id, key }) => ({ id, controller, ...material(key) }))
  const multikeys = [present2.publicKey, present.publicKey, ...others]
    .filter((key, index, all) => isEd25519(key) && all.findIndex((other) => isSameKey(other, key)) === index)
    .map((key) => {
      const publicKeyMultibase = multikeyOf(key)
      const name = isTest ? present2.verificationMethod : verificationMethod2(publicUrl, publicKeyMultibase)
      return { id: name, type: 'Multikey', controller: id, publicKeyMultibase }
    })
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/v2',
      'https://w3id.org/security/multikey/v1',
    ],
    id,
    ...(isTest ? {} : { alsoKnownAs: [did] }),
    verificationMethod: [...divoc, ...multikeys],
    // Former keys too: what they signed is still asserted. Who withdraws a key takes it out.
    assertionMethod: [...divoc, ...multikeys].map(({ id }) => id),
  }
}

function isEd25519(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'ed25519'
}

function material(key: KeyObject): object {
  if (key.asymmetricKeyType === 'rsa') {
    return { type: 'RsaVerificationKey2018', publicKeyPem: key.export({ type: 'spki', format: 'pem' }) }
  }
  if (isEd25519(key)) {
    const bytes = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
    return { type: 'Ed25519VerificationKey2018', publicKeyBase58: bs58.encode(bytes) }
  }
  throw new Error(
    `A public key in DATA_DIR/keys is ${key.asymmetricKeyType}; certificates are signed with RSA or Ed25519.`,
  )
}
