/** Checks signatures without the product's code: the published key, the pinned words, JSON-LD canonicalisation, SHA-256, Ed25519. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import bs58 from 'bs58'
import jsonld from 'jsonld'

/** Address of a context -> its document. Rejects one that is not known. */
export type Words = (url: string) => Promise<object>

const SECURITY_V2 = 'https://w3id.org/security/v2'

/** A signed document of either form. */
export interface Signed {
  '@context': unknown
  proof: Record<string, string>
}

/** The Ed25519 keys that an issuer publishes at /.well-known/jwks.json. */
export function keysOf(jwks: { keys: Record<string, unknown>[] }): KeyObject[] {
  return jwks.keys.filter(({ crv }) => crv === 'Ed25519').map((key) => createPublicKey({ key, format: 'jwk' }))
}

/** Whether one of the keys signed the whole of it. Throws when a word is not defined. */
export async function isSigned(document: Signed, keys: readonly KeyObject[], words: Words): Promise<boolean> {
  const { proof, ...unsigned } = document
  if (proof.type === 'DataIntegrityProof') {
    // VC Data Integrity EdDSA Cryptosuites, 3.3 eddsa-rdfc-2022
    const { proofValue, ...options } = proof
    const bytes = await hashed(unsigned, { ...options, '@context': document['@context'] }, words)
    return keys.some((key) => verify(null, bytes, key, bs58.decode(proofValue!.slice(1))))
  }
  // Ed25519Signature2018 with a detached JWS (RFC 7797): the header is encoded, the payload is not.
  const { jws, ...options } = proof
  const [header, , signature] = jws!.split('.')
  const bytes = await hashed(unsigned, { ...options, '@context': SECURITY_V2 }, words)
  const input = Buffer.concat([Buffer.from(`${header}.`), bytes])
  return keys.some((key) => verify(null, input, key, Buffer.from(signature!, 'base64url')))
}

async function hashed(document: object, options: object, words: Words): Promise<Buffer> {
  const texts = await Promise.all([canonical(options, words), canonical(document, words)])
  return Buffer.concat(texts.map((text) => createHash('sha256').update(text).digest()))
}

function canonical(document: object, words: Words): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    base: null,
    safe: true,
    documentLoader: async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: await words(url),
      tag: 'static',
    }),
  })
}
