/** How far two names are apart: typing errors are near, other people are far. Pure. */

/** A change of more than this part of the letters is a large one. */
const LARGE = 1 / 3

/**
 * Whether a name became another one rather than a better spelling of the same: more than a third of the letters of the
 * longer name were changed, added or removed, and more than one letter. The same words in another order are the same name.
 */
export function isLargeNameChange(before: string, after: string): boolean {
  const [from, to] = [wordsOf(before), wordsOf(after)]
  const asWritten = distance(lettersOf(from), lettersOf(to))
  const inOrder = distance(lettersOf(from.toSorted()), lettersOf(to.toSorted()))
  const changed = Math.min(asWritten, inOrder)
  const longer = Math.max(lettersOf(from).length, lettersOf(to).length)
  return changed > 1 && changed > longer * LARGE
}

/**
 * The words of a name in lower case, with nothing but letters and the vowel signs that belong to them. Compatibility
 * forms are resolved (NFKD). Marks of no script of their own (accents of Latin letters, Arabic short vowels) say how a
 * name is pronounced, not which one it is: they are left out. Signs of Sinhala, Tamil, Devanagari and others stay.
 */
function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{Script=Inherited}\u0640]/gu, '')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '')
}

function lettersOf(words: string[]): string[] {
  return Array.from(words.join(''))
}

/** Levenshtein's distance: letters to change, add or remove. */
function distance(from: string[], to: string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  from.forEach((letter, above) => {
    const next = [above + 1]
    to.forEach((other, at) => {
      next.push(Math.min(row[at + 1]! + 1, next[at]! + 1, row[at]! + (letter === other ? 0 : 1)))
    })
    row = next
  })
  return row[to.length]!
}
