/** What a signed credential is, and what is said about one that was checked. */

/** A credential with its proof; its text (what is stored, hashed and put into the QR) is `JSON.stringify` of it. */
export type SignedCredential = Record<string, unknown> & { proof: CredentialProof }

export interface CredentialProof {
  type: string
  /** YYYY-MM-DDTHH:MM:SSZ, seconds precision. */
  created: string
  verificationMethod: string
  proofPurpose: string
  /** Detached JWS: header, two dots, signature. */
  jws: string
}

/** `reason` is a fixed sentence: it never repeats what stands in the document. */
export type Verification = { verified: true } | { verified: false; reason: string }

export const ALTERED = { verified: false, reason: 'The signature does not match what is written.' } as const
