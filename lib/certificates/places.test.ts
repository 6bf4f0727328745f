/** The shuffled order of places, and what a credential says about its place. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { statusEntriesOf } from './status-entries'
import { LIST_LENGTH, shuffled } from './store-places'

describe('places of a status list', () => {
  test.each([1, 2, 3, 10, 64, 1000, 4099])('every place of %i is given exactly once', (length) => {
    const seed = randomBytes(32)
    const places = new Set(Array.from({ length }, (_, counter) => shuffled(counter, length, seed)))
    expect(places.size).toBe(length)
    expect([...places].every((place) => place >= 0 && place < length)).toBe(true)
  })

  test('the order is another one for another seed, and the same one for the same', () => {
    const order = (seed: Uint8Array) =>
      Array.from({ length: 50 }, (_, counter) => shuffled(counter, LIST_LENGTH, seed)).join()
    const seed = randomBytes(32)
    expect(order(seed)).toBe(order(seed))
    // Several lists in turns: what is kept of one is not taken for another.
    const others = Array.from({ length: 9 }, () => randomBytes(32))
    expect(new Set(others.map(order)).add(order(seed)).size).toBe(10)
    expect(others.map(order)).toEqual(others.map(order))
  })

  test('the order of a seed stays what it was: in another one a place would be given again', () => {
    const order = (length: number, n: number) =>
      Array.from({ length: n }, (_, counter) => shuffled(counter, length, Buffer.alloc(32, 7)))
    expect(order(LIST_LENGTH, 6)).toEqual([77496, 784, 99134, 45556, 74473, 93341])
    expect(order(10, 10)).toEqual([1, 4, 8, 7, 5, 0, 2, 6, 3, 9])
  })

  test('neighbours in time are no neighbours in the list', () => {
    const seed = Buffer.alloc(32, 7)
    const places = Array.from({ length: 1000 }, (_, counter) => shuffled(counter, LIST_LENGTH, seed))
    const close = places.filter((place, n) => n > 0 && Math.abs(place - places[n - 1]!) < 100)
    // Of 999 pairs chance brings about 1.5 as close as that.
    expect(close.length).toBeLessThan(20)
  })
})

test('a certificate names its place in three lists, with a message for every value that fits', () => {
  const entries = statusEntriesOf({ listId: 3, index: 94567 }, 'https://health.example')
  expect(entries.map((entry) => entry.statusListCredential)).toEqual([
    'https://health.example/status/3/revocation',
    'https://health.example/status/3/suspension',
    'https://health.example/status/3/message',
  ])
  expect(new Set(entries.map((entry) => entry.statusListIndex))).toEqual(new Set(['94567']))
  expect(entries[2]!.statusMessage).toHaveLength(2 ** entries[2]!.statusSize!)
  expect(entries[2]!.statusMessage![3]).toEqual({ status: '0x3', message: 'cancelled for fraud' })
})
