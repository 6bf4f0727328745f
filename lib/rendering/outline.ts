/** The borders of the dark areas of a square grid, as the path of an SVG. */

/** A step along a border, by direction: right, down, left, up. */
const X = [1, 0, -1, 0]
const Y = [0, 1, 0, -1]
const RIGHT = 0
/** Bytes that an edge of a cell takes at most: a step of one as "v-1", and for every four of them at least "M", a corner and "z". */
const BYTES_OF_AN_EDGE = 6

/**
 * Walks around every dark area and every light one within, the dark on the right hand: whoever fills the path, by either
 * rule, paints the dark cells and nothing else. `rows` are those of a square; `shift` is added to both coordinates.
 */
export function outline(rows: readonly (readonly boolean[])[], shift: number): string {
  // One light cell around all, so that nobody looks beyond the edge.
  const width = rows.length + 2
  const dark = new Uint8Array(width * width)
  rows.forEach((row, y) => row.forEach((is, x) => is && (dark[(y + 1) * width + x + 1] = 1)))
  /** Cells whose upper edge was walked along: each border has one. */
  const walked = new Uint8Array(dark.length)
  /** From a corner to the cell on the right hand ahead, and on the left hand. A corner has the number of the cell below right of it. */
  const onTheRight = [0, -1, -width - 1, -width]
  const onTheLeft = [-width, 0, -1, -width - 1]
  const ahead = [1, width, -1, -width]
  // Thousands of steps: as bytes they leave nothing behind that has to be collected.
  const path = new Ascii(BYTES_OF_AN_EDGE * 2 * width * width)

  function walk(start: number) {
    let [at, direction, length] = [start, RIGHT, 0]
    path.letter('M')
    path.number((start % width) - 1 + shift)
    path.letter(' ')
    path.number(Math.floor(start / width) - 1 + shift)
    for (;;) {
      if (direction === RIGHT) walked[at] = 1
      at += ahead[direction]!
      length++
      let next = direction
      if (!dark[at + onTheRight[direction]!]) next = (direction + 1) % 4
      else if (dark[at + onTheLeft[direction]!]) next = (direction + 3) % 4
      if (next === direction) continue
      // The way back to the start is the path's end.
      if (at === start && next === RIGHT) break
      path.letter(X[direction] === 0 ? 'v' : 'h')
      path.number((X[direction]! + Y[direction]!) * length)
      direction = next
      length = 0
    }
    path.letter('z')
  }

  for (let cell = 0; cell < dark.length; cell++) {
    if (dark[cell] && !dark[cell - width] && !walked[cell]) walk(cell)
  }
  return path.text()
}

/** Letters and whole numbers one after the other. */
class Ascii {
  private readonly bytes: Uint8Array
  private length = 0

  constructor(mostBytes: number) {
    this.bytes = new Uint8Array(mostBytes)
  }

  letter(letter: string): void {
    this.bytes[this.length++] = letter.charCodeAt(0)
  }

  number(number: number): void {
    if (number < 0) this.letter('-')
    let rest = Math.abs(number)
    let digits = 1
    for (let power = 10; power <= rest; power *= 10) digits++
    this.length += digits
    for (let at = this.length - 1; digits > 0; digits--, at--) {
      this.bytes[at] = 48 + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }

  text(): string {
    return new TextDecoder().decode(this.bytes.subarray(0, this.length))
  }
}
