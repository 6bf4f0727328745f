/** Public keys of other issuers as people hand them over: PEM, base58, multibase, JWK, or a whole DID document. Nothing is sent anywhere. Pure. */
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import { bytesOfBase64, ed25519Of, pemOf, rsaFacts, rsaOfNumbers, rsaOfPkcs1, type Bytes } from './key-bytes'

export interface HandedKey {
  algorithm: 'RSA' | 'ED25519'
  /** RSA: PEM (SubjectPublicKeyInfo). Ed25519: base58 of the 32 bytes. The same key always has the same text. */
  publicKey: string
  /** What certificates call it, where the text says so. */
  verificationMethod: string | null
}

/** What stands in the way, as a sentence. */
export const KEY_PROBLEMS = {
  empty: 'Paste a public key or a DID document.',
  too_long: 'This is too long for keys. Paste the key, or the did.json document, and nothing else.',
  private:
    'This holds a private key. It must never leave its issuer: ask for the public one, and say that this one is known to others now.',
  certificate: 'This is an X.509 certificate. Paste the public key: openssl x509 -pubkey -noout -in certificate.pem',
  weak: 'This RSA key is too short, or its exponent is not usual. Keys have at least 2048 bits and an odd exponent above 2.',
  unsound: 'This is no key for Ed25519 that can be relied on.',
  other: 'This is a key of another kind. Certificates are signed with RSA or Ed25519.',
  no_keys: 'There is no verificationMethod with an RSA or Ed25519 key in this document.',
  too_many: 'There are more than 20 keys in this document.',
  unreadable: 'This is no public key. Paste PEM (BEGIN PUBLIC KEY), base58, a JWK, or a did.json document.',
} as const

export type KeyProblem = keyof typeof KEY_PROBLEMS

const LONGEST = 64 * 1024
const MOST = 20

/** The keys in a text, each once; or why there are none. Never throws. */
export function readKeys(text: string): { keys: HandedKey[] } | { problem: KeyProblem } {
  const given = text.trim()
  if (given === '') return { problem: 'empty' }
  if (given.length > LONGEST) return { problem: 'too_long' }
  if (/PRIVATE KEY/.test(given)) return { problem: 'private' }
  if (given.startsWith('{')) return fromJson(given)
  const key = given.startsWith('-----') ? fromPem(given) : fromBase58(given.replace(/\s/g, ''))
  return typeof key === 'string' ? { problem: key } : { keys: [{ ...key, verificationMethod: null }] }
}

/** SHA-256 of a key's bytes, in groups that two people can compare on the phone. */
export function fingerprintOf({ algorithm, publicKey }: Pick<HandedKey, 'algorithm' | 'publicKey'>): string {
  const bytes =
    algorithm === 'RSA' ? bytesOfBase64(publicKey.replace(/-----[A-Z ]+-----|\s/g, ''))! : bs58.decode(publicKey)
  const hex = Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.match(/.{4}/g)!.slice(0, 8).join(' ')
}

type Key = Omit<HandedKey, 'verificationMethod'>

function fromJson(text: string): ReturnType<typeof readKeys> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'unreadable' }
  }
  const document = value as Record<string, unknown>
  if ('kty' in document) {
    const key = fromMember('publicKeyJwk', document)
    return typeof key === 'string' ? { problem: key } : { keys: [{ ...key, verificationMethod: null }] }
  }
  // DID documents of earlier drafts say publicKey.
  const methods = [document.verificationMethod, document.publicKey].find(Array.isArray) as unknown[] | undefined
  if (!methods) return { problem: 'unreadable' }
  return fromMethods(
    methods.filter((one) => typeof one === 'object' && one !== null) as Record<string, unknown>[],
    document.id,
  )
}

function fromMethods(methods: Record<string, unknown>[], did: unknown): ReturnType<typeof readKeys> {
  const keys = new Map<string, HandedKey>()
  for (const method of methods) {
    if (Object.keys(method).some((name) => /private|secret/i.test(name))) return { problem: 'private' }
    const member = MEMBERS.find((name) => name in method)
    if (!member) continue
    const key = fromMember(member, method[member])
    if (key === 'private' || key === 'weak' || key === 'unsound') return { problem: key }
    // A method of another kind is for something else than certificates.
    if (typeof key === 'string') continue
    // The first mention counts: documents name a key by its plain name before its thumbprint.
    if (!keys.has(key.publicKey)) keys.set(key.publicKey, { ...key, verificationMethod: nameOf(method.id, did) })
  }
  if (keys.size === 0) return { problem: 'no_keys' }
  return keys.size > MOST ? { problem: 'too_many' } : { keys: [...keys.values()] }
}

/** "#key-1" is a name within its document. */
function nameOf(id: unknown, did: unknown): string | null {
  if (typeof id !== 'string' || id === '') return null
  return id.startsWith('#') && typeof did === 'string' ? `${did}${id}` : id
}

const MEMBERS = ['publicKeyPem', 'publicKeyBase58', 'publicKeyMultibase', 'publicKeyJwk'] as const

function fromMember(member: (typeof MEMBERS)[number], value: unknown): Key | KeyProblem {
  if (member === 'publicKeyJwk') return fromJwk(value)
  if (typeof value !== 'string') return 'unreadable'
  if (/PRIVATE KEY/.test(value)) return 'private'
  return member === 'publicKeyPem' ? fromPem(value) : fromBase58(value)
}

function fromJwk(value: unknown): Key | KeyProblem {
  const { kty, crv, x, n, e, d } = (value ?? {}) as Record<string, unknown>
  if (d !== undefined) return 'private'
  const [first, second] = (kty === 'OKP' ? [x, ''] : [n, e]).map((part) => bytesOfBase64(String(part ?? '')))
  if (kty === 'OKP' && crv === 'Ed25519') return first ? ed25519(first) : 'unreadable'
  if (kty === 'RSA') return first && second ? rsa(rsaOfNumbers(first, second)) : 'unreadable'
  return kty === undefined ? 'unreadable' : 'other'
}

function fromPem(text: string): Key | KeyProblem {
  const match = /^-----BEGIN ([A-Z0-9 ]+)-----([\s\S]+?)-----END \1-----$/.exec(text.replaceAll('\\n', '\n').trim())
  const der = match && bytesOfBase64(match[2]!.replace(/\s/g, ''))
  if (!der) return 'unreadable'
  if (match[1] === 'CERTIFICATE') return 'certificate'
  if (match[1] === 'RSA PUBLIC KEY') return rsa(rsaOfPkcs1(der))
  if (match[1] !== 'PUBLIC KEY') return 'unreadable'
  const raw = ed25519Of(der)
  return raw ? ed25519(raw) : rsa(der)
}

function fromBase58(text: string): Key | KeyProblem {
  // Multibase (z = base58btc) with the multicodec of Ed25519 public keys; 0x80 0x26 is that of private ones.
  const bytes = decoded(text.startsWith('z') ? text.slice(1) : text)
  if (!bytes) return 'unreadable'
  if (text.startsWith('z') && bytes.length === 34) {
    if (bytes[0] === 0x80 && bytes[1] === 0x26) return 'private'
    return bytes[0] === 0xed && bytes[1] === 0x01 ? ed25519(bytes.slice(2)) : 'other'
  }
  const plain = decoded(text)
  // DIVOC keeps Ed25519 private keys as seed and public key, 64 bytes.
  if (plain?.length === 64) return 'private'
  return plain?.length === 32 ? ed25519(plain) : 'unreadable'
}

function decoded(text: string): Bytes | null {
  try {
    return new Uint8Array(bs58.decode(text))
  } catch {
    return null
  }
}

function rsa(spki: Bytes): Key | KeyProblem {
  const facts = rsaFacts(spki)
  if (facts === null) return 'unreadable'
  if (facts === 'other') return 'other'
  if (facts.bits < 2048 || facts.bits > 8192 || facts.exponent < 3 || facts.exponent % 2 === 0) return 'weak'
  return { algorithm: 'RSA', publicKey: pemOf(spki) }
}

/** Points of small order: with one as key, signatures hold over anything. Listed are y and y + p with either sign. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

function ed25519(raw: Bytes): Key | KeyProblem {
  if (raw.length !== 32) return 'unreadable'
  const hex = Array.from(raw, (byte, at) => (at === 31 ? byte & 0x7f : byte).toString(16).padStart(2, '0')).join('')
  return SMALL_ORDER.has(hex) ? 'unsound' : { algorithm: 'ED25519', publicKey: bs58.encode(raw) }
}
