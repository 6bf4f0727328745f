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

/** Type of the proof of a preview, which is none. */
export const PREVIEW_TYPE = 'PreviewNotValid'

/** Whether this credential is a preview and not a certificate. */
export function isPreview(credential: unknown): boolean {
  const proof = (credential as { proof?: { type?: unknown } } | null | undefined)?.proof
  return proof?.type === PREVIEW_TYPE
}
