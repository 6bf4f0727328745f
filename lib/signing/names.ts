/** The names that everybody who signs or checks agrees on: contexts, vocabularies, proofs. Pure. */

export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1'
export const SECURITY_V1 = 'https://w3id.org/security/v1'
export const SECURITY_V2 = 'https://w3id.org/security/v2'

/** Vocabularies that verifiers already in the field have pinned; the last two are those of the second, independent verifier. */
export const KNOWN_NAMESPACES: readonly string[] = [
  'https://divoc.dev/credentials/vaccination/v2',
  'https://divoc.lgcc.gov.lk/credentials/vaccination/v1',
  'https://divoc.prod/vaccine/credentials/vaccination/v1',
]

/** The vocabulary of DIVOC's first generation (certifyV2) where its setting is left as it is. */
export const FIRST_NAMESPACE = 'https://divoc.dev/credentials/vaccination/v1'

/** The vocabularies of an issuer's own settings. */
export interface Namespaces {
  /** CERTIFICATE_NAMESPACE_V2: the vocabulary of certifyV3. */
  namespace: string
  /** CERTIFICATE_NAMESPACE: the vocabulary of certifyV2. */
  namespaceV1: string
}

/**
 * Which vocabulary an address names, null when it is none of these. Where one address is set for both, it is the later
 * one: that knows every word of the first, with the same meaning.
 */
export function formOfNamespace(address: unknown, own: Namespaces): 'certifyV3' | 'certifyV2' | null {
  if (address === own.namespace || KNOWN_NAMESPACES.includes(address as string)) return 'certifyV3'
  return address === own.namespaceV1 || address === FIRST_NAMESPACE ? 'certifyV2' : null
}

export const PROOF_TYPE = { RSA: 'RsaSignature2018', ED25519: 'Ed25519Signature2018' } as const

/** The JWS header as we and DIVOC write it; nothing else needs to be understood, so nothing else is. */
export const JWS_HEADER = {
  RSA: '{"alg":"PS256","b64":false,"crit":["b64"]}',
  ED25519: '{"alg":"EdDSA","b64":false,"crit":["b64"]}',
} as const

/** Salt of PS256 in bytes (RFC 7518, 3.5: the length of the hash). */
export const SALT = 32

/** Characters of the detached JWS of each key type: encoded header, two dots, signature (256 or 64 bytes). */
export const JWS_LENGTH = { RSA: 56 + 2 + 342, ED25519: 56 + 2 + 86 } as const
