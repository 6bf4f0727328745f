/** Passwords that an administrator hands over: read aloud and typed without mistakes. */

/** No letter or digit that is taken for another one (0 and o, 1 and l and i, u and v). */
const LETTERS = 'abcdefghjkmnpqrstwxyz23456789'

/** Twenty characters in groups of five with dashes: 97 random bits. */
export function oneTimePassword(random: (bytes: number) => Uint8Array): string {
  const letters: string[] = []
  while (letters.length < 20) {
    for (const byte of random(32)) {
      // Bytes beyond a multiple of the alphabet would make its first letters likelier.
      if (byte < 256 - (256 % LETTERS.length) && letters.length < 20) letters.push(LETTERS[byte % LETTERS.length]!)
    }
  }
  return letters.join('').match(/.{5}/g)!.join('-')
}
