/** A credential that looks and weighs like a signed one but that no verifier accepts, for previews. */
import { createHash } from 'node:crypto'
import type { KeyType } from './keys'
import { PROOF_TYPE } from './names'
import { PREVIEW_TYPE, type SignedCredential } from './proof'
import { JWS_LENGTH } from './suites'

/**
 * Adds a proof of type PreviewNotValid to an unsigned credential. Its signature is filler that does not compress, and the
 * text is exactly as long as the signed one will be, so that the QR has its true size. Same input, same output.
 * `verificationMethod` is CERTIFICATE_DID: only its length is used.
 */
export function previewCredential(
  unsigned: object,
  keyType: KeyType,
  verificationMethod = 'did:india',
): SignedCredential {
  const issuanceDate = 'issuanceDate' in unsigned ? String(unsigned.issuanceDate) : ''
  const length = JWS_LENGTH[keyType] + PROOF_TYPE[keyType].length - PREVIEW_TYPE.length
  return {
    ...structuredClone(unsigned),
    proof: {
      type: PREVIEW_TYPE,
      created: `${issuanceDate.slice(0, 19)}Z`,
      verificationMethod: 'not:valid'.padEnd(verificationMethod.length, '-').slice(0, verificationMethod.length),
      proofPurpose: 'assertionMethod',
      jws: filler(length),
    },
  }
}

/** Characters of the base64url alphabet in an order without repetition for deflate to find. */
function filler(length: number): string {
  let text = ''
  for (let block = 0; text.length < length; block++) {
    text += createHash('sha256').update(`preview, not valid ${block}`).digest('base64url')
  }
  return text.slice(0, length)
}
