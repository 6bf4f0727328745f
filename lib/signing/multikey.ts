/** Ed25519 public keys as Multikey text ("z6Mk…") and as did:key, which carry the key itself. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import bs58 from 'bs58'

/** Multicodec of an Ed25519 public key (0xed as a varint), before the 32 bytes. */
const HEADER = [0xed, 0x01] as const

/** publicKeyMultibase of a key. Throws an Error for a key that is not Ed25519. */
export function multikeyOf(publicKey: KeyObject): string {
  const x = publicKey.export({ format: 'jwk' }).x
  if (publicKey.asymmetricKeyType !== 'ed25519' || !x) throw new Error('Only Ed25519 keys are written as Multikey.')
  return `z${bs58.encode(Buffer.concat([Buffer.from(HEADER), Buffer.from(x, 'base64url')]))}`
}

/** The key of a publicKeyMultibase; null for everything that is not one Ed25519 key. */
export function keyOfMultikey(text: string): KeyObject | null {
  // 34 bytes never need more characters; decoding is quadratic in its input.
  const bytes = /^z[1-9A-HJ-NP-Za-km-z]{40,60}$/.test(text) ? bs58.decodeUnsafe(text.slice(1)) : undefined
  if (bytes?.length !== 34 || bytes[0] !== HEADER[0] || bytes[1] !== HEADER[1]) return null
  const x = Buffer.from(bytes.subarray(2)).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** did:key of a key, and the verification method that names it. */
export function didKeyOf(publicKey: KeyObject): { did: string; verificationMethod: string } {
  const multikey = multikeyOf(publicKey)
  return { did: `did:key:${multikey}`, verificationMethod: `did:key:${multikey}#${multikey}` }
}

/** The key that a did:key verification method itself consists of; null for every other address. */
export function keyOfDidKey(verificationMethod: string): KeyObject | null {
  const [, did, fragment] = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)#(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(verificationMethod) ?? []
  return did && did === fragment ? keyOfMultikey(did) : null
}
