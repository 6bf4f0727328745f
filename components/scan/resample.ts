/** A picture in another size, smooth: codes of one or two pixels a module are read once they are larger. */

/** What the reader takes: ImageData, or the same outside a browser. Grey is enough, all channels are the same. */
export interface Picture {
  width: number
  height: number
  /** RGBA, rows from the top. */
  data: Uint8ClampedArray
}

/** The picture so many times as large (Catmull-Rom; below 1 the mean of what falls together), in grey. */
export function resampled(picture: Picture, scale: number): Picture {
  const { width, height, data } = picture
  const grey = new Float32Array(width * height)
  for (let at = 0; at < grey.length; at++) {
    // The weights of ITU-R BT.601, as the reader has them.
    grey[at] = 0.299 * data[4 * at]! + 0.587 * data[4 * at + 1]! + 0.114 * data[4 * at + 2]!
  }
  const columns = Math.max(1, Math.round(width * scale))
  const rows = Math.max(1, Math.round(height * scale))
  const wide = stretched(grey, width, height, columns)
  const all = stretched(wide, height, columns, rows)
  const result = new Uint8ClampedArray(columns * rows * 4)
  for (let at = 0; at < all.length; at++) result.fill(all[at]!, 4 * at, 4 * at + 3).fill(255, 4 * at + 3, 4 * at + 4)
  return { width: columns, height: rows, data: result }
}

/** Each row in another length; rows become columns, so that doing it twice does both directions. */
function stretched(from: Float32Array, width: number, height: number, length: number): Float32Array {
  const to = new Float32Array(length * height)
  const spread = Math.max(1, width / length)
  for (let column = 0; column < length; column++) {
    const center = ((column + 0.5) * width) / length - 0.5
    const first = Math.ceil(center - 2 * spread)
    const weights: number[] = []
    for (let place = first; place <= center + 2 * spread; place++) weights.push(weightAt((place - center) / spread))
    const sum = weights.reduce((a, b) => a + b)
    for (let row = 0; row < height; row++) {
      let value = 0
      for (let index = 0; index < weights.length; index++) {
        const place = Math.min(width - 1, Math.max(0, first + index))
        value += weights[index]! * from[row * width + place]!
      }
      to[column * height + row] = value / sum
    }
  }
  return to
}

/** Keys' cubic convolution with a = -1/2 (Catmull and Rom). */
function weightAt(distance: number): number {
  const t = Math.abs(distance)
  if (t <= 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1
  return t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0
}
