/** Chance that can be repeated: the same seed and name give the same numbers, whatever else was drawn meanwhile. */
import { createHash } from 'node:crypto'

export interface Chance {
  /** From 0 up to, and without, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True with this probability. */
  is(probability: number): boolean
  one<T>(things: readonly T[]): T
  shuffled<T>(things: readonly T[]): T[]
}

/** Numbers of this seed for one purpose (mulberry32 begun at a hash of both). */
export function chanceOf(seed: number, purpose: string): Chance {
  let state = createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32LE()
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    is: (probability) => next() < probability,
    one: (things) => things[between(0, things.length - 1)]!,
    shuffled(things) {
      const left = [...things]
      return Array.from(things, () => left.splice(between(0, left.length - 1), 1)[0]!)
    },
  }
}
