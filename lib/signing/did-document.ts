/** The DID document: the issuer's public keys for everybody who checks certificates. */
import { createHash, type KeyObject } from 'node:crypto'
import bs58 from 'bs58'
import type { Config } from '@/lib/config'
import type { PublicKey } from './keys'

/**
 * The document at /.well-known/did.json: PEM for RSA, base58 for Ed25519, as DIVOC's verifiers are given their keys. The
 * present key comes first and has the name that proofs carry (CERTIFICATE_DID); former ones are "<did>#<thumbprint>".
 */
export function didDocument(present: PublicKey, former: KeyObject[], { signing }: Pick<Config, 'signing'>): object {
  const { did, controller } = signing
  const methods = [
    { id: did, key: present.publicKey },
    ...former.map((key) => ({ id: `${did}#${thumbprint(key)}`, key })),
  ]
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/v2'],
    id: did,
    controller,
    verificationMethod: methods.map(({ id, key }) => ({ id, controller, ...material(key) })),
    // Former keys too: what they signed is still asserted. Who withdraws a key removes its file.
    assertionMethod: methods.map(({ id }) => id),
  }
}

function material(key: KeyObject): object {
  if (key.asymmetricKeyType === 'rsa') {
    return { type: 'RsaVerificationKey2018', publicKeyPem: key.export({ type: 'spki', format: 'pem' }) }
  }
  if (key.asymmetricKeyType === 'ed25519') {
    const bytes = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
    return { type: 'Ed25519VerificationKey2018', publicKeyBase58: bs58.encode(bytes) }
  }
  throw new Error(
    `A public key in DATA_DIR/keys is ${key.asymmetricKeyType}; certificates are signed with RSA or Ed25519.`,
  )
}

/** RFC 7638 (RSA) and RFC 8037 (Ed25519): the hash of the members that make the key, in the order of their names. */
function thumbprint(key: KeyObject): string {
  const { crv, e, kty, n, x } = key.export({ format: 'jwk' })
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
