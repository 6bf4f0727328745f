/** Random draws that can be repeated: the same seed gives the same registry. */
import { createHash } from 'node:crypto'
import { randomFrom } from '../qr-photographs'

export interface Draws {
  /** From 0 up to, not including, 1. */
  next(): number
  /** True in so many cases of one. */
  happens(share: number): boolean
  /** A whole number below `n`. */
  below(n: number): number
  oneOf<T>(values: readonly T[]): T
  /** One that no other seed draws: the numbers of two seeds may run alike, as they have 32 bits. */
  uuid(): string
}

export function drawsFrom(seed: number): Draws {
  const next = randomFrom(seed)
  const below = (n: number) => Math.floor(next() * n)
  let uuids = 0
  return {
    next,
    below,
    happens: (share) => next() < share,
    oneOf: (values) => values[below(values.length)]!,
    uuid: () => uuidOf(`${seed}/${uuids++}`),
  }
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
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
