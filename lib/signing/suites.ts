/** RsaSignature2018 (PS256) and Ed25519Signature2018 as DIVOC's verifiers expect them. */
import jsigs, { type DocumentLoader, type Proof } from 'jsonld-signatures'
import type { OnlyPinned } from './context-resolver'
import type { PublicKey, SigningKey } from './keys'
import { JWS_HEADER, PROOF_TYPE, SECURITY_V2 } from './names'
import { verifyBytes } from './raw-signature'

const HEADER = { RSA: encoded(JWS_HEADER.RSA), ED25519: encoded(JWS_HEADER.ED25519) } as const
/** RFC 7797: the header is encoded, the payload behind it is not. */
const BEFORE = { RSA: Buffer.from(`${HEADER.RSA}.`), ED25519: Buffer.from(`${HEADER.ED25519}.`) } as const

interface Signed {
  verifyData: Uint8Array
  proof: Proof
}

/** Signature suite for one key: signs when the private half is there, verifies with the public half. */
export class DetachedJwsSuite extends jsigs.suites.LinkedDataSignature {
  constructor(
    private readonly keyPair: PublicKey | SigningKey,
    { contextResolver }: OnlyPinned,
    created?: Date,
  ) {
    super({ type: PROOF_TYPE[keyPair.type], date: created, canonizeOptions: { contextResolver } })
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
    if (!('sign' in this.keyPair)) throw new Error('This key can only verify.')
    return { ...proof, jws: await signDetached(this.keyPair, verifyData) }
  }

  verifySignature({ verifyData, proof }: Signed): Promise<boolean> {
    return verifyDetached(this.keyPair, String(proof.jws), verifyData)
  }
}

/** The detached JWS over the given bytes. */
export async function signDetached(key: SigningKey, verifyData: Uint8Array): Promise<string> {
  const { buffer, byteOffset, length } = await key.sign(Buffer.concat([BEFORE[key.type], verifyData]))
  return `${HEADER[key.type]}..${Buffer.from(buffer, byteOffset, length).toString('base64url')}`
}

/** Whether a detached JWS is this key's over the given bytes. False for everything that is no such JWS. */
export async function verifyDetached(
  { type, publicKey }: PublicKey,
  jws: string,
  verifyData: Uint8Array,
): Promise<boolean> {
  const [header, payload, signature, ...more] = jws.split('.')
  if (header !== HEADER[type] || payload !== '' || !signature || more.length > 0) return false
  return verifyBytes(type, publicKey, Buffer.concat([BEFORE[type], verifyData]), Buffer.from(signature, 'base64url'))
}

function encoded(header: string): string {
  return Buffer.from(header, 'utf8').toString('base64url')
}
