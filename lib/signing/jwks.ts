/** The published keys as a JSON Web Key Set (RFC 7517; RFC 8037 for Ed25519). */
import type { KeyObject } from 'node:crypto'
import type { PublishedKeys } from './did-document'
import { isSameKey, thumbprintOf } from './thumbprint'

export interface PublicJwk {
  kty: 'RSA' | 'OKP'
  use: 'sig'
  alg: 'PS256' | 'EdDSA'
  kid: string
  n?: string
  e?: string
  crv?: 'Ed25519'
  x?: string
}

/** Every key once, the present ones first; `kid` is the thumbprint. */
export function jwksOf({ present, present2, others }: PublishedKeys): { keys: PublicJwk[] } {
  const all = [present.publicKey, present2.publicKey, ...others]
  const each = all.filter((key, index) => all.findIndex((other) => isSameKey(other, key)) === index)
  return { keys: each.map(jwkOf) }
}

function jwkOf(key: KeyObject): PublicJwk {
  const { n, e, x } = key.export({ format: 'jwk' })
  const kid = thumbprintOf(key)
  return key.asymmetricKeyType === 'rsa'
    ? { kty: 'RSA', use: 'sig', alg: 'PS256', kid, n, e }
    : { kty: 'OKP', use: 'sig', alg: 'EdDSA', kid, crv: 'Ed25519', x }
}
