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

export const PROOF_TYPE = { RSA: 'RsaSignature2018', ED25519: 'Ed25519Signature2018' } as const

/** The JWS header as we and DIVOC write it; nothing else needs to be understood, so nothing else is. */
export const JWS_HEADER = {
  RSA: '{"alg":"PS256","b64":false,"crit":["b64"]}',
  ED25519: '{"alg":"EdDSA","b64":false,"crit":["b64"]}',
} as const

/** Salt of PS256 in bytes (RFC 7518, 3.5: the length of the hash). */
export const SALT = 32
