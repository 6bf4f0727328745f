/** The bitstring as the specification has it. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeList, emptyList, encodeList, entryAt, LEAST_ENTRIES, setEntry } from './bitstring'

/** encodedList of example 3 in the Recommendation of 15 May 2025. */
const EXAMPLE = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'

describe('encodedList', () => {
  test('the example of the specification is 131,072 zeros, 16 KB', async () => {
    const bits = await decodeList(EXAMPLE)
    expect(bits.length).toBe(16 * 1024)
    expect(bits.every((byte) => byte === 0)).toBe(true)
    expect(await decodeList(await encodeList(emptyList(LEAST_ENTRIES, 1)))).toEqual(bits)
  })

  test('begins with "u" and is GZIP in base64url without padding', async () => {
    const encoded = await encodeList(emptyList(LEAST_ENTRIES, 3))
    expect(encoded).toMatch(/^uH4sI[\w-]+$/)
  })

  test.each(['', 'u', 'H4sIAAAA', 'zabc', 'u!!', 'uAAAA'])('%j is no list', async (text) => {
    await expect(decodeList(text)).rejects.toThrow()
  })

  test('what unpacks to far more than a list is not unpacked', async () => {
    const bomb = `u${gzipSync(new Uint8Array(64 * 1024 * 1024)).toString('base64url')}`
    await expect(decodeList(bomb)).rejects.toThrow()
  })
})

describe('entries', () => {
  test('index 0 is the left-most bit, the last index the right-most', () => {
    const bits = emptyList(16, 1)
    setEntry(bits, 0, 1, 1)
    setEntry(bits, 15, 1, 1)
    expect([...bits]).toEqual([0b1000_0000, 0b0000_0001])
  })

  test('an entry of three bits is written with its highest bit first, at index times three', () => {
    const bits = emptyList(8, 3)
    setEntry(bits, 0, 3, 0b101)
    setEntry(bits, 2, 3, 0b011)
    expect([...bits]).toEqual([0b1010_0001, 0b1000_0000, 0])
  })

  test('any list is read back as it was written', async () => {
    const list = fc.integer({ min: 1, max: 8 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        values: fc.array(fc.integer({ min: 0, max: 2 ** size - 1 }), { minLength: 1, maxLength: 300 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(list, async ({ size, values }) => {
        const bits = emptyList(values.length, size)
        values.forEach((value, index) => setEntry(bits, index, size, value))
        const read = await decodeList(await encodeList(bits))
        expect(values.map((_, index) => entryAt(read, index, size))).toEqual(values)
      }),
    )
  })

  test.each([
    [8, 1],
    [-1, 1],
    [0.5, 1],
    [3, 3],
  ])('entry %d of %d bits is outside of one byte', (index, size) => {
    expect(() => entryAt(new Uint8Array(1), index, size)).toThrow(RangeError)
    expect(() => setEntry(new Uint8Array(1), index, size, 0)).toThrow(RangeError)
  })

  test.each([2, -1, 0.5])('the value %d does not fit into one bit', (value) => {
    expect(() => setEntry(new Uint8Array(1), 0, 1, value)).toThrow(RangeError)
  })
})
