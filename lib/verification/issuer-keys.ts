/** The public keys that count: those that our issuer publishes in its DID document, and those of other issuers that are trusted. */
import bs58 from 'bs58'
import { isSandboxKeyName } from '@/lib/signing/sandbox'

export interface IssuerKey {
  /** As the document names it. */
  id: string
  type: 'RSA' | 'ED25519'
  /** RSA: SubjectPublicKeyInfo (DER). Ed25519: the 32 bytes. */
  bytes: Uint8Array<ArrayBuffer>
}

/** The keys of one issuer. */
export interface IssuerKeys {
  /** What certificates call the issuer's key, whichever of its keys signed them. */
  did: string
  /** Other names of the same issuer, as its document says. */
  alsoKnownAs?: string[]
  keys: IssuerKey[]
  /** Of another issuer, whose keys an administrator trusts: its name. Absent: our own. */
  trusted?: string
}

/** A published key of another issuer (lib/trust/answers.ts). */
interface PublishedKey {
  name: string
  verificationMethod: string
  algorithm: 'RSA' | 'ED25519'
  publicKey: string
}

/**
 * Reads a DID document as ours is (/.well-known/did.json). Methods of other kinds are left out. Throws an Error when it is
 * no DID document or a key in it cannot be read.
 */
export function issuerKeysOf(document: unknown): IssuerKeys {
  const { id, alsoKnownAs, verificationMethod } = (document ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || !Array.isArray(verificationMethod)) throw new Error('This is no DID document.')
  const names = Array.isArray(alsoKnownAs) ? alsoKnownAs.filter((name) => typeof name === 'string') : []
  return { did: id, alsoKnownAs: names, keys: verificationMethod.flatMap(keyOf) }
}

/**
 * Reads the trust list (GET /v3/trusted-issuers). A key counts under its own name and under that of its document ("did:x"
 * for "did:x#key-1"). Throws an Error when it is no such list or a key in it cannot be read.
 */
export function trustedKeysOf(answer: unknown): IssuerKeys[] {
  const { issuers } = (answer ?? {}) as { issuers?: unknown }
  if (!Array.isArray(issuers)) throw new Error('This is no trust list.')
  return (issuers as PublishedKey[]).map(({ name, verificationMethod: id, algorithm, publicKey }) => {
    const bytes = algorithm === 'RSA' ? derOf(publicKey) : new Uint8Array(bs58.decode(publicKey))
    return { did: id.split('#')[0]!, keys: [{ id, type: algorithm, bytes }], trusted: String(name) }
  })
}

/**
 * The keys that a proof may mean: all of an issuer for its own name, since former keys signed under it too; else the one
 * that has that name. A test key is meant only where it is named.
 */
export function keysNamed(issuers: readonly IssuerKeys[], name: string, type: IssuerKey['type']): IssuerKey[] {
  return issuers.flatMap((issuer) =>
    issuer.keys.filter(
      (key) => key.type === type && (key.id === name || (isNameOf(issuer, name) && !isSandboxKeyName(key.id))),
    ),
  )
}

/** Whether certificates call this issuer so. */
export function isNameOf({ did, alsoKnownAs = [] }: IssuerKeys, name: string): boolean {
  return did === name || alsoKnownAs.includes(name)
}

function keyOf(method: unknown): IssuerKey[] {
  const { id, type, publicKeyPem, publicKeyBase58 } = (method ?? {}) as Record<string, unknown>
  if (typeof id !== 'string') return []
  if (type === 'RsaVerificationKey2018' && typeof publicKeyPem === 'string') {
    return [{ id, type: 'RSA', bytes: derOf(publicKeyPem) }]
  }
  if (type === 'Ed25519VerificationKey2018' && typeof publicKeyBase58 === 'string') {
    return [{ id, type: 'ED25519', bytes: new Uint8Array(bs58.decode(publicKeyBase58)) }]
  }
  return []
}

function derOf(pem: string): Uint8Array<ArrayBuffer> {
  const base64 = pem.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, '')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
