/** What both kinds of proof are over. */
import { hash } from 'node:crypto'

/** SHA-256 of the canonical proof options (as hexadecimal digits), then that of the canonical document: 64 bytes. */
export function signedBytes(proofHash: string, document: string): Buffer {
  // One buffer of hexadecimal digits is made faster than two of bytes.
  return Buffer.from(proofHash + hash('sha256', document, 'hex'), 'hex')
}
