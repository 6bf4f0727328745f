/** What a path of whole steps paints: another way of filling it than any renderer of ours has. */

/**
 * The cells of a square inside the path (M, h, v, z), where both rules of filling say so: by the number of borders to the left
 * of a cell, and by their directions. Throws when the two differ.
 */
export function filled(path: string, side: number): boolean[][] {
  const winding = Array.from({ length: side }, () => new Array<number>(side + 1).fill(0))
  const crossings = Array.from({ length: side }, () => new Array<number>(side + 1).fill(0))
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const downTo = (to: number) => {
    for (let row = Math.min(y, to); row < Math.max(y, to); row++) {
      winding[row]![x]! += to > y ? 1 : -1
      crossings[row]![x]! += 1
    }
    y = to
  }
  for (const [, command, first, second] of path.matchAll(/([Mhvz])(-?\d*) ?(-?\d*)/g)) {
    if (command === 'M') [x, y, startX, startY] = [Number(first), Number(second), Number(first), Number(second)]
    if (command === 'h') x += Number(first)
    if (command === 'v') downTo(y + Number(first))
    if (command === 'z') {
      downTo(startY)
      x = startX
    }
  }
  return winding.map((row, at) => {
    let [turns, count] = [0, 0]
    return row.slice(0, side).map((change, column) => {
      turns += change
      count += crossings[at]![column]!
      if ((turns !== 0) !== (count % 2 === 1)) throw new Error('The two rules of filling differ.')
      return turns !== 0
    })
  })
}
