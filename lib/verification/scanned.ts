/** From what a scanner, a file or the clipboard gives to a credential: a packed code, or the credential's own JSON. */
import { Refusal } from '@/lib/errors'
import { unpackQrValue } from '@/lib/rendering/unzip'
import { isPreview } from '@/lib/signing/proof'
import { isSandbox } from '@/lib/signing/sandbox'
import { factsOf } from './facts'

export interface Scanned {
  /** Exactly what the code holds. JSON that came as such is written again without the spaces that editors add. */
  text: string
  credential: Record<string, unknown>
}

/** Pasted JSON is no longer than the largest credential; anything else is not worth reading. */
const LARGEST_JSON = 256 * 1024

/** The credential in a scanned or pasted value, null when there is none. Never throws. */
export function readScanned(value: string): Scanned | null {
  const pasted = value.trim()
  if (pasted.startsWith('{') && pasted.length <= LARGEST_JSON) {
    const credential = parsed(pasted)
    const text = credential && writtenAgain(credential)
    return credential && text ? { text, credential } : null
  }
  const text = unpacked(value)
  const credential = text === null ? null : parsed(text)
  return credential && { text: text!, credential }
}

/**
 * The certificate number in a scanned or pasted value, whatever became of that certificate; else what the value is: a
 * preview, a test, or something without a number. No signature is checked: a number is only looked up.
 */
export function numberIn(value: string): { number: string } | 'preview' | 'sandbox' | 'other' {
  const scanned = readScanned(value)
  if (!scanned) return 'other'
  if (isPreview(scanned.credential)) return 'preview'
  if (isSandbox(scanned.credential)) return 'sandbox'
  const { certificateId } = factsOf(scanned.credential)
  return certificateId !== '' && certificateId.length <= 64 ? { number: certificateId } : 'other'
}

/** Null for what is nested so deep that it cannot be written: no certificate is. */
function writtenAgain(credential: object): string | null {
  try {
    return JSON.stringify(credential)
  } catch {
    return null
  }
}

function unpacked(value: string): string | null {
  try {
    return unpackQrValue(value)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** A credential says whom it is about, and is signed; other JSON is no certificate. */
function parsed(text: string): Record<string, unknown> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const isCredential =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    ['credentialSubject', 'proof'].every((member) => Object.hasOwn(value, member))
  return isCredential ? (value as Record<string, unknown>) : null
}
