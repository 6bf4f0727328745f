/** Whose it is, in two or three letters: enough to know again on a list, too little to tell others. */

const MOST = 3
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** "Sarasvathy T K" as "S. T. K."; the first visible characters of at most three words, in any script. */
export function initialsOf(name: string): string {
  return name
    .split(/[\s.]+/u)
    .flatMap((word) => {
      const letter = Array.from(graphemes.segment(word), (part) => part.segment).find((one) =>
        /[\p{L}\p{N}]/u.test(one),
      )
      return letter === undefined ? [] : [`${letter.toLocaleUpperCase('en')}.`]
    })
    .slice(0, MOST)
    .join(' ')
}
