/** A picture with harder edges (unsharp mask): a blur of a module or so becomes readable again. */
import type { Picture } from './resample'

/**
 * The picture in grey with what its blurred copy lacks added `amount` times. `reach`: standard deviation of that blur in
 * pixels; about as wide as the blur that is to be undone.
 */
export function sharpened({ width, height, data }: Picture, reach: number, amount: number): Picture {
  const grey = new Float32Array(width * height)
  for (let at = 0; at < grey.length; at++) {
    grey[at] = 0.299 * data[4 * at]! + 0.587 * data[4 * at + 1]! + 0.114 * data[4 * at + 2]!
  }
  const soft = blurredAlong(blurredAlong(grey, width, height, reach), height, width, reach)
  const result = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < grey.length; at++) {
    const level = grey[at]! + amount * (grey[at]! - soft[at]!)
    result.fill(level, 4 * at, 4 * at + 3).fill(255, 4 * at + 3, 4 * at + 4)
  }
  return { width, height, data: result }
}

/** Blurs along the rows and gives the columns as rows, so that doing it twice does both directions. */
function blurredAlong(from: Float32Array, width: number, height: number, reach: number): Float32Array {
  const far = Math.ceil(2.5 * reach)
  const weights = Array.from({ length: 2 * far + 1 }, (_, at) => Math.exp(-((at - far) ** 2) / (2 * reach ** 2)))
  const sum = weights.reduce((a, b) => a + b)
  const to = new Float32Array(from.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let value = 0
      for (let at = -far; at <= far; at++) {
        const place = Math.min(width - 1, Math.max(0, column + at))
        value += weights[at + far]! * from[row * width + place]!
      }
      to[column * height + row] = value / sum
    }
  }
  return to
}
