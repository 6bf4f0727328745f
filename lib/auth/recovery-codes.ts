/** Codes on paper that get somebody in once when the phone is lost. Only their hashes are stored. */
import { createHmac, hkdfSync } from 'node:crypto'

const HOW_MANY = 10
/** No letter or digit that is taken for another one. */
const LETTERS = 'abcdefghjkmnpqrstwxyz23456789'
const LENGTH = 10

/** Ten codes of ten letters in two groups: 48 random bits each, and attempts are counted. */
export function makeRecoveryCodes(random: (bytes: number) => Uint8Array): string[] {
  return Array.from({ length: HOW_MANY }, () => oneCode(random))
}

/** What is stored: without the secret of the installation nobody can try codes against the table. */
export function recoveryHash(secret: string, operatorId: string, code: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'errata recovery codes', 32))
  return createHmac('sha256', key)
    .update(`${operatorId}\n${plain(code)}`)
    .digest('hex')
}

/** Whether this has the form of a recovery code and not of an app's code. */
export function isRecoveryCode(code: string): boolean {
  return plain(code).length === LENGTH
}

/** However it was typed: with capitals, spaces, without the dash. */
function plain(code: string): string {
  return code.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '').slice(0, 64)
}

function oneCode(random: (bytes: number) => Uint8Array): string {
  let letters = ''
  while (letters.length < LENGTH) {
    for (const byte of random(16)) {
      // Bytes beyond a multiple of the alphabet would make its first letters likelier.
      if (byte < 256 - (256 % LETTERS.length) && letters.length < LENGTH) letters += LETTERS[byte % LETTERS.length]
    }
  }
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`
}
