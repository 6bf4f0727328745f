/** Checks JWS signatures, detached and compact, with the browser's own cryptography, and in JavaScript where it does not know Ed25519. */
import { JWS_HEADER, SALT } from '@/lib/signing/names'
import type { IssuerKey } from './issuer-keys'

type Bytes = Uint8Array<ArrayBuffer>

/** Whether a detached JWS is this key's over the given bytes. False for everything that is no such JWS. Needs crypto.subtle. */
export async function verifyDetached(key: IssuerKey, jws: string, verifyData: Bytes): Promise<boolean> {
  const [header, payload, encoded, ...more] = jws.split('.')
  if (header !== base64url(JWS_HEADER[key.type]) || payload !== '' || !encoded || more.length > 0) return false
  const signature = bytesOf(encoded)
  if (!signature) return false
  // RFC 7797: the header is encoded, the payload is not.
  const signed = joined(new TextEncoder().encode(`${header}.`), verifyData)
  return key.type === 'RSA' ? verifyPs256(key.bytes, signature, signed) : verifyEd25519(key.bytes, signature, signed)
}

/** Whether a compact JWS (RFC 7515) is this key's. Its header is the caller's to read. */
export async function verifyJws(key: IssuerKey, jws: string): Promise<boolean> {
  const [header, payload, encoded, ...more] = jws.split('.')
  const signature = encoded && more.length === 0 ? bytesOf(encoded) : null
  if (!signature) return false
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  return key.type === 'RSA' ? verifyPs256(key.bytes, signature, signed) : verifyEd25519(key.bytes, signature, signed)
}

/** Whether signatures can be checked with this key at all. */
export async function isUsable({ type, bytes }: IssuerKey): Promise<boolean> {
  if (type === 'ED25519') return bytes.length === 32
  return importRsa(bytes).then(
    () => true,
    () => false,
  )
}

function importRsa(spki: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['verify'])
}

async function verifyPs256(spki: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  const key = await importRsa(spki).catch(() => null)
  return key !== null && crypto.subtle.verify({ name: 'RSA-PSS', saltLength: SALT }, key, signature, signed)
}

async function verifyEd25519(publicKey: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  } catch {
    // Chrome before 137, Firefox before 129 and Safari before 17 do not know it.
    return verifyEd25519InScript(publicKey, signature, signed)
  }
  return crypto.subtle.verify('Ed25519', key, signature, signed)
}

/** The same in JavaScript. False for what is no signature at all. */
export async function verifyEd25519InScript(publicKey: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  const { verifyAsync } = await import('@noble/ed25519')
  // As strict as RFC 8032: ZIP 215 also takes points that are written in two ways.
  return verifyAsync(signature, signed, publicKey, { zip215: false })
}

/** Bytes one after the other. */
export function joined(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function base64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Null where it is not base64url. */
function bytesOf(encoded: string): Bytes | null {
  if (!/^[\w-]+$/.test(encoded)) return null
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
