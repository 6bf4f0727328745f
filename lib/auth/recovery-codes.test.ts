import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isRecoveryCode, makeRecoveryCodes, plainCode } from './recovery-codes'

test('ten, all different, of letters that are not mixed up', () => {
  const codes = Array.from({ length: 20 }, () => makeRecoveryCodes(randomBytes)).flat()
  expect(codes).toHaveLength(200)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) expect(code).toMatch(/^[a-hj-kmnp-tw-z2-9]{5}-[a-hj-kmnp-tw-z2-9]{5}$/)
})

test('are the same however they are typed', () => {
  expect(plainCode(' ABCDE fgh23 ')).toBe(plainCode('abcde-fgh23'))
})

test('are told from the codes of an app', () => {
  expect(isRecoveryCode('abcde-fgh23')).toBe(true)
  expect(isRecoveryCode('123 456')).toBe(false)
  expect(isRecoveryCode('')).toBe(false)
})
