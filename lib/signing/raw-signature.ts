/** Signatures over bytes with node:crypto: PS256 (RFC 7518, 3.5) for RSA keys, Ed25519 (RFC 8032) for the others. */
import { constants, sign, verify, type KeyObject, type SignKeyObjectInput } from 'node:crypto'
import type { KeyType } from './keys'
import { SALT } from './names'

// With a callback the work runs in the thread pool and does not hold up the event loop. Getting there and back costs 20 µs,
// so that what takes hardly longer itself (an Ed25519 signature, checking an RSA one) is done at once.

/** The signature of a private key at hand: 256 bytes for RSA, 64 for Ed25519. */
export function signBytes(type: KeyType, key: KeyObject, bytes: Uint8Array): Promise<Uint8Array> {
  if (type === 'ED25519') return Promise.resolve(sign(null, bytes, key))
  return new Promise((resolve, reject) => {
    sign(digest(type), bytes, withPadding(type, key), (error, signature) =>
      error ? reject(error) : resolve(signature),
    )
  })
}

/** Whether a signature is this key's over the bytes. */
export function verifyBytes(type: KeyType, key: KeyObject, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (type === 'RSA') return Promise.resolve(verify(digest(type), bytes, withPadding(type, key), signature))
  return new Promise((resolve, reject) => {
    verify(digest(type), bytes, withPadding(type, key), signature, (error, valid) =>
      error ? reject(error) : resolve(valid),
    )
  })
}

function digest(type: KeyType): string | undefined {
  return type === 'RSA' ? 'sha256' : undefined
}

function withPadding(type: KeyType, key: KeyObject): SignKeyObjectInput {
  return type === 'RSA' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT } : { key }
}
