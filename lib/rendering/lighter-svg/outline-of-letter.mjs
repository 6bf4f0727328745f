/** The outline of a letter as numbers, and written again at a place of the page. */

/** Typst writes no other commands for letters; M and m begin a part, z ends it. */
const KNOWN = /^[\d\s,.eE+mlhvqczMLHVQCZ-]*$/
const WORD = /[a-df-zA-DF-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g
const NUMBERS = { M: 2, L: 2, H: 1, V: 1, Q: 4, C: 6, Z: 0 }

/** Parts of a point of the page in which places are written: far below what a screen shows. */
export const PARTS = 100

/**
 * @typedef {{ commands: string, points: number[] }} Letter
 *   Commands out of M, L, Q, C and Z; the points of all of them, one after the other, from the letter's own origin.
 */

/** Letters read before, by what was read: page after page has the same. */
const known = new Map()
const MOST_KNOWN = 2000
const LONGEST_KNOWN = 10_000

/**
 * Reads the `d` of a path; null when it has other commands than those of letters or is no path.
 * @param {string} d
 * @returns {Letter | null}
 */
export function readLetter(d) {
  const before = known.get(d)
  if (before !== undefined) return before
  const letter = KNOWN.test(d) ? letterOf(d.match(WORD) ?? []) : null
  if (letter && d.length <= LONGEST_KNOWN) {
    if (known.size === MOST_KNOWN) known.clear()
    // A copy: what is cut out of a picture keeps the whole picture.
    known.set(Buffer.from(d, 'latin1').toString('latin1'), letter)
  }
  return letter
}

function letterOf(words) {
  let commands = ''
  const points = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  let command = ''
  for (let at = 0; at < words.length;) {
    if (isCommand(words[at])) command = words[at++]
    // Numbers after a begin go on as lines.
    else if (command === 'M') command = 'L'
    else if (command === 'm') command = 'l'
    const kind = command.toUpperCase()
    const end = at + NUMBERS[kind]
    const isWhole = kind === 'Z' ? end === words.length || isCommand(words[end]) : end <= words.length
    if (!isWhole || (commands === '' && kind !== 'M')) return null
    const isRelative = command !== kind
    const [fromX, fromY] = isRelative ? [x, y] : [0, 0]
    if (kind === 'Z') {
      x = startX
      y = startY
    } else if (kind === 'H') x = fromX + Number(words[at])
    else if (kind === 'V') y = fromY + Number(words[at])
    else {
      for (let n = at; n < end; n += 2) {
        x = fromX + Number(words[n])
        y = fromY + Number(words[n + 1])
        if (n + 2 < end) points.push(x, y)
      }
    }
    if (kind !== 'Z') points.push(x, y)
    if (kind === 'M') {
      startX = x
      startY = y
    }
    commands += kind === 'H' || kind === 'V' ? 'L' : kind
    at = end
  }
  // A command in the place of a number is none.
  return points.every(Number.isFinite) ? { commands, points } : null
}

/** Numbers begin with a digit, a sign or a point. */
function isCommand(word) {
  return word.charCodeAt(0) >= 65
}

/**
 * A path of whole numbers (PARTS of a point) from its first place to its last, where they are relative to `from`.
 * @param {Letter} letter
 * @param {readonly number[]} matrix as SVG counts them: a b c d e f
 * @returns {{ box: [number, number, number, number], write: (pen: { x: number, y: number }) => string }} `pen`: where the path
 *   ended so far; it is moved on.
 */
export function placed({ commands, points }, [a, b, c, d, e, f]) {
  const places = new Array(points.length)
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let n = 0; n < points.length; n += 2) {
    const x = Math.round((a * points[n] + c * points[n + 1] + e) * PARTS)
    const y = Math.round((b * points[n] + d * points[n + 1] + f) * PARTS)
    places[n] = x
    places[n + 1] = y
    if (x < box[0]) box[0] = x
    if (y < box[1]) box[1] = y
    if (x > box[2]) box[2] = x
    if (y > box[3]) box[3] = y
  }
  return { box, write: (pen) => written(commands, places, pen) }
}

const POINTS = { M: 1, L: 1, Q: 2, C: 3 }

function written(commands, places, pen) {
  let text = ''
  let last = ''
  let at = 0
  let [startX, startY] = [0, 0]
  for (let n = 0; n < commands.length; n++) {
    const command = commands[n]
    if (command === 'Z') {
      if (last !== 'z') text += 'z'
      last = 'z'
      pen.x = startX
      pen.y = startY
      continue
    }
    const end = at + 2 * POINTS[command]
    // A begin with nothing after it draws nothing.
    if (command === 'M' && (commands[n + 1] ?? 'M') === 'M') {
      at = end
      continue
    }
    const name = command.toLowerCase()
    if (name !== last || name === 'm') text += name
    for (let separate = name === last; at < end; at += 2, separate = true) {
      text += spaced(places[at] - pen.x, separate) + spaced(places[at + 1] - pen.y, true)
    }
    pen.x = places[end - 2]
    pen.y = places[end - 1]
    if (command === 'M') {
      startX = pen.x
      startY = pen.y
    }
    last = name
  }
  return text
}

function spaced(value, separate) {
  return separate && value >= 0 ? ` ${value}` : String(value)
}
