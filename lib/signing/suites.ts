/** RsaSignature2018 (PS256) and Ed25519Signature2018 as DIVOC's verifiers expect them, over node:crypto. */
import { constants, sign, verify, type KeyObject, type SignKeyObjectInput } from 'node:crypto'
import jsigs, { type DocumentLoader, type Proof } from 'jsonld-signatures'
import type { KeyType, PublicKey, SigningKey } from './keys'
import { JWS_HEADER, PROOF_TYPE, SALT, SECURITY_V2 } from './names'

/** Characters of the detached JWS of each key type: encoded header, two dots, signature (256 or 64 bytes). */
export const JWS_LENGTH = { RSA: 56 + 2 + 342, ED25519: 56 + 2 + 86 } as const

const HEADER = { RSA: encoded(JWS_HEADER.RSA), ED25519: encoded(JWS_HEADER.ED25519) } as const

interface Signed {
  verifyData: Uint8Array
  proof: Proof
}

/** Signature suite for one key: signs when the private half is there, verifies with the public half. */
export class DetachedJwsSuite extends jsigs.suites.LinkedDataSignature {
  constructor(
    private readonly keyPair: PublicKey | SigningKey,
    created?: Date,
  ) {
    super({ type: PROOF_TYPE[keyPair.type], date: created })
    this.verificationMethod = keyPair.verificationMethod
  }

  /** The library reads the proof with the document's context; verifiers in the field read it with security/v2. */
  override canonizeProof(proof: Proof, { documentLoader }: { documentLoader: DocumentLoader }): Promise<string> {
    const { jws: _jws, ...options } = proof
    return this.canonize({ ...options, '@context': SECURITY_V2 }, { documentLoader, skipExpansion: false })
  }

  /** The proof's own terms come from security/v2, so the document needs no further context. */
  ensureSuiteContext(): void {}

  /** The key is the one given: a key named by the document is never looked up. */
  async getVerificationMethod({ proof }: { proof: Proof }): Promise<object> {
    if (proof.verificationMethod !== this.keyPair.verificationMethod) throw new Error('another verification method')
    return { id: this.keyPair.verificationMethod, controller: this.keyPair.controller }
  }

  async sign({ verifyData, proof }: Signed): Promise<Proof> {
    if (!('privateKey' in this.keyPair)) throw new Error('This key can only verify.')
    return { ...proof, jws: await signDetached(this.keyPair, verifyData) }
  }

  verifySignature({ verifyData, proof }: Signed): Promise<boolean> {
    return verifyDetached(this.keyPair, String(proof.jws), verifyData)
  }
}

/** The detached JWS over the given bytes. */
export async function signDetached({ type, privateKey }: SigningKey, verifyData: Uint8Array): Promise<string> {
  const signature = await signBytes(type, privateKey, signingInput(HEADER[type], verifyData))
  return `${HEADER[type]}..${signature.toString('base64url')}`
}

/** Whether a detached JWS is this key's over the given bytes. False for everything that is no such JWS. */
export async function verifyDetached(
  { type, publicKey }: PublicKey,
  jws: string,
  verifyData: Uint8Array,
): Promise<boolean> {
  const [header, payload, signature, ...more] = jws.split('.')
  if (header !== HEADER[type] || payload !== '' || !signature || more.length > 0) return false
  return verifyBytes(type, publicKey, signingInput(header, verifyData), Buffer.from(signature, 'base64url'))
}

function encoded(header: string): string {
  return Buffer.from(header, 'utf8').toString('base64url')
}

/** RFC 7797: the header is encoded, the payload is not. */
function signingInput(header: string, verifyData: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${header}.`, 'ascii'), verifyData])
}

// With a callback the work runs in the thread pool and does not hold up the event loop. Getting there and back costs 20 µs,
// so that what takes hardly longer itself (an Ed25519 signature, checking an RSA one) is done at once.
function signBytes(type: KeyType, key: KeyObject, bytes: Buffer): Promise<Buffer> {
  if (type === 'ED25519') return Promise.resolve(sign(null, bytes, key))
  return new Promise((resolve, reject) => {
    sign(digest(type), bytes, withPadding(type, key), (error, signature) =>
      error ? reject(error) : resolve(signature),
    )
  })
}

function verifyBytes(type: KeyType, key: KeyObject, bytes: Buffer, signature: Buffer): Promise<boolean> {
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
