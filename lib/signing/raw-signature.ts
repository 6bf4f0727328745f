/** Signatures over bytes with node:crypto: PS256 (RFC 7518, 3.5) for RSA keys, Ed25519 (RFC 8032) for the others. */
import { constants, sign, verify, type KeyObject, type SignKeyObjectInput } from 'node:crypto'
import type { KeyType } from './keys'
import { SALT } from './names'

// At once and not in the thread pool: the longest, an RSA signature, takes 0.3 ms, which nobody notices between two turns of
// the event loop. Getting to the pool and back costs a tenth of that in CPU time, and issuing is short of nothing else.

/** The signature of a private key at hand: 256 bytes for RSA, 64 for Ed25519. */
export async function signBytes(type: KeyType, key: KeyObject, bytes: Uint8Array): Promise<Uint8Array> {
  return sign(digest(type), bytes, withPadding(type, key))
}

/** Whether a signature is this key's over the bytes. */
export async function verifyBytes(
  type: KeyType,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return verify(digest(type), bytes, withPadding(type, key), signature)
}

function digest(type: KeyType): string | undefined {
  return type === 'RSA' ? 'sha256' : undefined
}

function withPadding(type: KeyType, key: KeyObject): SignKeyObjectInput | KeyObject {
  return type === 'RSA' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT } : key
}
