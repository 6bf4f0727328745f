/** Letters of one colour that are drawn one after the other, as few paths. */
import { PARTS, placed } from './outline-of-letter.mjs'

/** A path so long is still drawn quickly, and what is compared with each other stays few. */
const MOST_LETTERS = 400

/**
 * Takes letters in the order in which they are drawn. Those that could touch each other never share a path: there a hole of
 * the one, or what shines through both, would come out otherwise.
 * @returns {{ add: (fill: string, letter: import('./outline-of-letter.mjs').Letter, matrix: readonly number[]) => void, take: () => string }}
 *   `take`: what was added since the last time, as SVG.
 */
export function letters() {
  let colour = ''
  let count = 0
  let done = ''
  /** Each with the places of its letters. */
  let paths = []

  function finish() {
    for (const { text } of paths) done += `<path fill="${colour}" transform="scale(${1 / PARTS})" d="${text}"/>`
    paths = []
    count = 0
  }

  return {
    add(fill, letter, matrix) {
      if (letter.points.length === 0) return
      if (fill !== colour || count === MOST_LETTERS) finish()
      colour = fill
      count++
      const { box, write } = placed(letter, matrix)
      let path = paths.find(({ boxes }) => !boxes.some((other) => touch(box, other)))
      if (!path) paths.push((path = { text: '', boxes: [], pen: { x: 0, y: 0 } }))
      path.boxes.push(box)
      path.text += write(path.pen)
    },
    take() {
      finish()
      const all = done
      done = ''
      return all
    },
  }
}

function touch(one, other) {
  return one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}
