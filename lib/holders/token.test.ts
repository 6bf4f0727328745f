import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashHolderToken, makeHolderToken, makeReference } from './token'

test('a token holds at least 128 bits and is written in letters that nobody confuses', () => {
  const tokens = Array.from({ length: 200 }, () => makeHolderToken(randomBytes))
  for (const token of tokens) expect(token).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(new Set(tokens).size).toBe(200)
  expect(28 * Math.log2(32)).toBeGreaterThanOrEqual(128)
})

test('every value of a byte is a letter, each as often as the others', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) {
    const letter = makeReference(() => new Uint8Array(8).fill(byte))[2]!
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  expect(counts.size).toBe(32)
  expect(new Set(counts.values())).toEqual(new Set([8]))
})

test('a token typed from paper is the same token', () => {
  const token = '7k30-29qx-1abc-defg-hjkm-npqr-stvw'
  for (const typed of ['7K3O-29QX-IABC-DEFG-HJKM-NPQR-STVW', '7k3029qx1abcdefghjkmnpqrstvw', ` ${token} `]) {
    expect(hashHolderToken(typed)).toBe(hashHolderToken(token))
  }
  expect(hashHolderToken(token.replace('w', 'x'))).not.toBe(hashHolderToken(token))
})

test('a reference looks like H-7K3M-29QX', () => {
  expect(makeReference(randomBytes)).toMatch(/^H-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
})
