/** Secrets of holders' links and numbers of their reports: letters and digits that nobody confuses when typing from paper. */
import { createHash } from 'node:crypto'

/** Crockford's base 32: no i, l, o and u. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

const TOKEN_LETTERS = 28
const REFERENCE_LETTERS = 8

/** A new token: 140 random bits as seven groups of four, "7k3m-29qx-…", so that it can be typed from a slip of paper. */
export function makeHolderToken(random: (bytes: number) => Uint8Array): string {
  return groupsOfFour(lettersFrom(random(TOKEN_LETTERS)))
}

/** sha256 of a token, hex, however it was typed: what HolderLink.tokenHash holds. */
export function hashHolderToken(typed: string): string {
  return createHash('sha256').update(normalToken(typed), 'utf8').digest('hex')
}

/** A number by which people talk about a report: "H-7K3M-29QX". */
export function makeReference(random: (bytes: number) => Uint8Array): string {
  return `H-${groupsOfFour(lettersFrom(random(REFERENCE_LETTERS))).toUpperCase()}`
}

/** Without gaps, in lower case, and what is easily misread as what was meant. */
function normalToken(typed: string): string {
  return typed
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
}

/** One letter for each byte: 256 is a multiple of 32, so all letters are equally likely. */
function lettersFrom(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')
}

function groupsOfFour(letters: string): string {
  return letters.match(/.{1,4}/g)!.join('-')
}
