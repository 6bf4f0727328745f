/** Names of public keys that follow from the keys themselves. */
import { createHash, type KeyObject } from 'node:crypto'

/** RFC 7638 (RSA) and RFC 8037 (Ed25519): the hash of the members that make the key, in the order of their names. */
export function thumbprintOf(key: KeyObject): string {
  const { crv, e, kty, n, x } = key.export({ format: 'jwk' })
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

/**
 * Whether two keys are the same, whatever their types. KeyObject.equals leaves an error in OpenSSL's queue when the types
 * differ, and Node 20 takes the next PEM that it reads for damaged.
 */
export function isSameKey(a: KeyObject, b: KeyObject): boolean {
  return derOf(a).equals(derOf(b))
}

function derOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}
