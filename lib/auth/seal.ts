/** Keeps a text encrypted at rest: without the secret of the installation a row of the table says nothing. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/**
 * Encrypts a text (AES-256-GCM): version byte, nonce, tag, ciphertext. `name` says what it is and whose: part of the key
 * and of what is authenticated, so that nothing opens in another's place. `random` gives strong bytes.
 */
export function seal(
  secret: string,
  name: readonly string[],
  text: string,
  random: (bytes: number) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, name), nonce)
  cipher.setAAD(bytesOf(name))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), body])
}

/** The text again; null when it was sealed with another secret, under another name, or changed since. */
export function unseal(secret: string, name: readonly string[], sealed: Uint8Array): string | null {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) return null
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, name), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(bytesOf(name))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: the answer of GCM to whatever is not ours.
    return null
  }
}

/** HKDF-SHA256 (RFC 5869); a key for each name, so that nonces of different texts can never meet. */
function keyOf(secret: string, name: readonly string[]): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', bytesOf(name), 32))
}

function bytesOf(name: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(name), 'utf8')
}
