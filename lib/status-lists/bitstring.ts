/** The compressed bitstring of W3C Bitstring Status List v1.0: entries of some bits each, index 0 at the left-most bit. */
import { gunzip, gzip } from 'node:zlib'
import { promisify } from 'node:util'

/** The least number of entries that the specification allows: a shorter list tells too much about each of them. */
export const LEAST_ENTRIES = 131_072

/** Far above any list of ours; what unpacks to more is an attack. */
const LONGEST_BYTES = 16 * 1024 * 1024

const pack = promisify(gzip)
const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)

/** Entries of `size` bits (1 to 8), all zero. */
export function emptyList(length: number, size: number): Uint8Array {
  return new Uint8Array(Math.ceil((length * size) / 8))
}

/** Sets entry `index`, whose bits must be zero so far, to `value`. Throws a RangeError for what does not fit. */
export function setEntry(bits: Uint8Array, index: number, size: number, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** size) throw new RangeError('The value does not fit.')
  checkIndex(bits, index, size)
  for (let bit = 0; bit < size; bit++) {
    const at = index * size + bit
    if (value & (1 << (size - 1 - bit))) bits[at >> 3]! |= 0x80 >> (at & 7)
  }
}

/** The value of entry `index`. Throws a RangeError outside of the list (the specification's RANGE_ERROR). */
export function entryAt(bits: Uint8Array, index: number, size: number): number {
  checkIndex(bits, index, size)
  let value = 0
  for (let bit = 0; bit < size; bit++) {
    const at = index * size + bit
    value = (value << 1) | ((bits[at >> 3]! >> (7 - (at & 7))) & 1)
  }
  return value
}

/** `encodedList`: "u" (multibase base64url without padding) and the GZIP of the bits. */
export async function encodeList(bits: Uint8Array): Promise<string> {
  return `u${(await pack(bits)).toString('base64url')}`
}

/** The bits of an `encodedList`. Throws an Error for anything that is none. */
export async function decodeList(encoded: string): Promise<Uint8Array> {
  if (!/^u[\w-]+$/.test(encoded)) throw new Error('This is not multibase base64url.')
  return unpack(Buffer.from(encoded.slice(1), 'base64url'), { maxOutputLength: LONGEST_BYTES })
}

function checkIndex(bits: Uint8Array, index: number, size: number): void {
  if (!Number.isInteger(index) || index < 0 || (index + 1) * size > bits.length * 8) {
    throw new RangeError('The list has no such entry.')
  }
}
