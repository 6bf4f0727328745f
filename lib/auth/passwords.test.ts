import { expect, test } from 'vitest'
import { hashPassword, passwordFits } from './passwords'

test('kept by argon2id with OWASP’s cost, each with a salt of its own', async () => {
  const [one, another] = [await hashPassword('three short planks'), await hashPassword('three short planks')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$/)
  expect(another).not.toBe(one)
})

test('compared as typed: case, spaces at the ends, and every letter of a long one', async () => {
  const long = ` ${'Long words '.repeat(20)}`
  const stored = await hashPassword(long)
  expect(await passwordFits(stored, long)).toBe(true)
  for (const other of [long.toLowerCase(), long.trim(), long.slice(0, -1), long.slice(0, 72), `${long}x`]) {
    expect(await passwordFits(stored, other)).toBe(false)
  }
})

test('a password for nobody takes the same work and never fits', async () => {
  expect(await passwordFits(null, 'three short planks')).toBe(false)
})
