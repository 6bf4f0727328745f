/** Random draws that can be repeated: the same seed gives the same registry. */
import { randomFrom } from '../qr-photographs'

export interface Draws {
  /** From 0 up to, not including, 1. */
  next(): number
  /** True in so many cases of one. */
  happens(share: number): boolean
  /** A whole number below `n`. */
  below(n: number): number
  oneOf<T>(values: readonly T[]): T
  uuid(): string
}

export function drawsFrom(seed: number): Draws {
  const next = randomFrom(seed)
  const below = (n: number) => Math.floor(next() * n)
  const hex = (digits: number) =>
    below(16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  return {
    next,
    below,
    happens: (share) => next() < share,
    oneOf: (values) => values[below(values.length)]!,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + below(4)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`,
  }
}

/** Draws from 0 to n-1 by a power law: the first is drawn most, the tenth about a tenth as often (Zipf). */
export function byPowerLaw(n: number): (draws: Draws) => number {
  const sums: number[] = []
  let sum = 0
  for (let rank = 1; rank <= n; rank++) sums.push((sum += 1 / rank))
  return (draws) => {
    const wanted = draws.next() * sum
    let [low, high] = [0, n - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
