/**
 * Passwords that became known in breaches: the long ones among the million most used of the ten million that Mark Burnett
 * published. Kept as the first 32 bits of their SHA-256, in order (made by lib/testing/leaked-passwords.mjs): one good
 * password in a hundred thousand is taken for one of them, and nobody can read them here.
 */
import { createHash } from 'node:crypto'
import { marks } from './leaked-passwords.json'

const BYTES = 4

let known: Buffer | undefined

/** Whether this password, in whatever case, is one of them. */
export function isLeaked(password: string): boolean {
  known ??= Buffer.from(marks, 'base64')
  const wanted = createHash('sha256').update(password.normalize('NFKC').toLowerCase()).digest().readUInt32BE(0)
  let [low, high] = [0, known.length / BYTES]
  while (low < high) {
    const middle = (low + high) >> 1
    const mark = known.readUInt32BE(middle * BYTES)
    if (mark === wanted) return true
    if (mark < wanted) low = middle + 1
    else high = middle
  }
  return false
}
