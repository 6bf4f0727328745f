/** Codes on paper that get somebody in once when the phone is lost. Only their hashes are stored. */

const HOW_MANY = 10
/** No letter or digit that is taken for another one. */
const LETTERS = 'abcdefghjkmnpqrstwxyz23456789'
const LENGTH = 10

/** Ten codes of ten letters in two groups: 48 random bits each, and attempts are counted. */
export function makeRecoveryCodes(random: (bytes: number) => Uint8Array): string[] {
  return Array.from({ length: HOW_MANY }, () => oneCode(random))
}

/** Whether this has the form of a recovery code and not of an app's code. */
export function isRecoveryCode(code: string): boolean {
  return plainCode(code).length === LENGTH
}

/** The code itself, however it was typed: with capitals, spaces, without the dash. */
export function plainCode(code: string): string {
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
