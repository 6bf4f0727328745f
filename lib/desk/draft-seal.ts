/** Drafts are kept encrypted: without the secret of the installation a row of the table says nothing, and it opens for one operator and one certificate alone. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/** Whose draft of which certificate: part of the key and of what is authenticated, so that no row opens in another's place. */
export interface DraftScope {
  operatorId: string
  certificateId: string
}

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** Encrypts a text (AES-256-GCM): version byte, nonce, tag, ciphertext. `random` gives strong bytes. */
export function sealDraft(
  secret: string,
  scope: DraftScope,
  text: string,
  random: (bytes: number) => Uint8Array,
): Uint8Array {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, scope), nonce)
  cipher.setAAD(nameOf(scope))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), body])
}

/** The text again; null when it was sealed with another secret, for another scope, or changed since. */
export function unsealDraft(secret: string, scope: DraftScope, sealed: Uint8Array): string | null {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) return null
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, scope), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(nameOf(scope))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: the answer of GCM to whatever is not ours.
    return null
  }
}

/** HKDF-SHA256 (RFC 5869); a key for each draft, so that nonces of different drafts can never meet. */
function keyOf(secret: string, scope: DraftScope): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', nameOf(scope), 32))
}

function nameOf({ operatorId, certificateId }: DraftScope): Buffer {
  return Buffer.from(JSON.stringify(['errata draft', operatorId, certificateId]), 'utf8')
}
