/** The bytes of public keys: SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) read and written, as far as RSA and Ed25519 need it. Pure. */

export type Bytes = Uint8Array<ArrayBuffer>

/** rsaEncryption with its NULL (RFC 3279, 2.3.1). */
const RSA = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00]
/** All that stands before the 32 bytes (RFC 8410). */
const ED25519 = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

const SEQUENCE = 0x30
const INTEGER = 0x02
const BIT_STRING = 0x03

/** Size and exponent of an RSA key. null: not DER, or something stands behind it; 'other': a key of another kind. */
export function rsaFacts(spki: Bytes): { bits: number; exponent: number } | 'other' | null {
  const whole = content(spki, SEQUENCE)
  if (!whole || whole.rest.length > 0) return null
  const algorithm = content(whole.inside, SEQUENCE)
  const key = algorithm && content(algorithm.rest, BIT_STRING)
  if (!key || key.rest.length > 0 || key.inside[0] !== 0) return null
  if (!startsWith(whole.inside, RSA)) return 'other'
  const numbers = content(key.inside.slice(1), SEQUENCE)
  const modulus = numbers && content(numbers.inside, INTEGER)
  const exponent = modulus && content(modulus.rest, INTEGER)
  if (!exponent || numbers.rest.length > 0 || exponent.rest.length > 0 || exponent.inside.length > 4) return null
  return {
    bits: bitsOf(modulus.inside),
    exponent: exponent.inside.reduce((value, byte) => value * 256 + byte, 0),
  }
}

/** The 32 bytes of an Ed25519 key, null for any other. */
export function ed25519Of(spki: Bytes): Bytes | null {
  return spki.length === ED25519.length + 32 && startsWith(spki, ED25519) ? spki.slice(ED25519.length) : null
}

/** From "RSA PUBLIC KEY" (RFC 8017, A.1.1). */
export function rsaOfPkcs1(pkcs1: Bytes): Bytes {
  return element(SEQUENCE, Uint8Array.from([...RSA, ...element(BIT_STRING, Uint8Array.from([0, ...pkcs1]))]))
}

/** From modulus and exponent, as a JWK has them. */
export function rsaOfNumbers(modulus: Bytes, exponent: Bytes): Bytes {
  return rsaOfPkcs1(element(SEQUENCE, Uint8Array.from([...positive(modulus), ...positive(exponent)])))
}

/** "-----BEGIN PUBLIC KEY-----", as OpenSSL writes it. */
export function pemOf(spki: Bytes): string {
  const base64 = btoa(Array.from(spki, (byte) => String.fromCharCode(byte)).join(''))
  return `-----BEGIN PUBLIC KEY-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END PUBLIC KEY-----\n`
}

/** Base64 or base64url; null when it is neither. */
export function bytesOfBase64(text: string): Bytes | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

/** What is in the first element, and what stands behind it. null where it is another one, or not DER. */
function content(bytes: Uint8Array, tag: number): { inside: Uint8Array; rest: Uint8Array } | null {
  const [first, length] = bytes
  if (first !== tag || length === undefined || length === 0x80 || length > 0x82) return null
  const more = length > 0x80 ? length - 0x80 : 0
  const size = more === 0 ? length : bytes.slice(2, 2 + more).reduce((value, byte) => value * 256 + byte, 0)
  const start = 2 + more
  if (bytes.length < start + size) return null
  return { inside: bytes.slice(start, start + size), rest: bytes.slice(start + size) }
}

function element(tag: number, inside: Uint8Array): Bytes {
  const { length } = inside
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Uint8Array.from([tag, ...size, ...inside])
}

/** A number above zero: without leading zeros, except the one that keeps it positive. */
function positive(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0)
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.slice(first)
  return element(INTEGER, shortest[0]! & 0x80 ? Uint8Array.from([0, ...shortest]) : shortest)
}

function bitsOf(number: Uint8Array): number {
  const first = number.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first]!) + 24
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}
