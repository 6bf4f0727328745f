/** Reads keys as settings give them: PEM, PEM on one line with `\n`, or base58 for Ed25519. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import bs58 from 'bs58'
import type { KeyType } from './keys'

const NAME = { RSA: 'RSA (2048 bit, exponent 65537)', ED25519: 'Ed25519' } as const

/** Throws an Error that names the setting, and never repeats the key, when it is malformed or of another type. */
export function parsePrivate(text: string, type: KeyType, setting: string): KeyObject {
  const bytes = base58Of(text, type)
  if (!bytes) return ofType(readPem(text, setting, createPrivateKey), type, setting)
  if (bytes.length !== 64 && bytes.length !== 32) {
    throw new Error(
      `${setting} is base58 of ${bytes.length} bytes; an Ed25519 key has 64 (seed and public half) or 32.`,
    )
  }
  // The header of an Ed25519 private key in PKCS #8 (RFC 8410, section 7) with the seed behind it.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes.subarray(0, 32)])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const half = createPublicKey(key).export({ format: 'jwk' }).x
  if (bytes.length === 64 && half !== Buffer.from(bytes.subarray(32)).toString('base64url')) {
    throw new Error(`${setting}: its second half is not the public key of its first half.`)
  }
  return key
}

/** As `parsePrivate`. A private key in its place is refused: somebody would be about to publish it. */
export function parsePublic(text: string, type: KeyType, setting: string): KeyObject {
  const bytes = base58Of(text, type)
  if (!bytes) {
    // A private key would parse here too: its public half is derived.
    if (text.includes('PRIVATE KEY')) throw new Error(`${setting} holds a private key.`)
    return ofType(readPem(text, setting, createPublicKey), type, setting)
  }
  if (bytes.length !== 32)
    throw new Error(`${setting} is base58 of ${bytes.length} bytes; an Ed25519 public key has 32.`)
  const x = Buffer.from(bytes).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** The bytes of a base58 key as DIVOC gives Ed25519 keys; undefined for anything that is not one word of base58. */
function base58Of(text: string, type: KeyType): Uint8Array | undefined {
  return type === 'ED25519' ? bs58.decodeUnsafe(text.trim()) : undefined
}

/** Environment files often hold a PEM on one line with `\n` written out. The library's own error never repeats the key. */
function readPem(text: string, setting: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    return read(text.trim().replaceAll('\\n', '\n'))
  } catch {
    throw new Error(`${setting} is not a key in PEM form${text.includes('ENCRYPTED') ? ' (it is encrypted)' : ''}.`)
  }
}

function ofType(key: KeyObject, type: KeyType, setting: string): KeyObject {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  const fits =
    type === 'RSA'
      ? key.asymmetricKeyType === 'rsa' && modulusLength === 2048 && publicExponent === 65537n
      : key.asymmetricKeyType === 'ed25519'
  if (fits) return key
  const found =
    key.asymmetricKeyType === 'rsa' ? `RSA (${modulusLength} bit, exponent ${publicExponent})` : key.asymmetricKeyType
  const wanted = setting.includes(type) ? 'it has to be' : `SIGNING_KEY_TYPE=${type} needs`
  throw new Error(`${setting} is ${found}, but ${wanted} ${NAME[type]}.`)
}
