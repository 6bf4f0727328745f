/** A credential that looks and weighs like a signed one but that no verifier accepts, for previews. Pure: for browsers, too. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { KeyType } from './keys'
import { JWS_LENGTH, PROOF_TYPE } from './names'
import { PREVIEW_TYPE, type SignedCredential } from './proof'

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
      jws: FILLER.slice(0, length),
    },
  }
}

/** Characters of the base64url alphabet in an order without repetition for deflate to find, more than any proof has. */
const FILLER = filler(512)

function filler(length: number): string {
  let text = ''
  for (let block = 0; text.length < length; block++) {
    text += base64url(sha256(utf8ToBytes(`preview, not valid ${block}`)))
  }
  return text.slice(0, length)
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
