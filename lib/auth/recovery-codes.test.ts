import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isRecoveryCode, makeRecoveryCodes, recoveryHash } from './recovery-codes'

test('ten, all different, of letters that are not mixed up', () => {
  const codes = Array.from({ length: 20 }, () => makeRecoveryCodes(randomBytes)).flat()
  expect(codes).toHaveLength(200)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) expect(code).toMatch(/^[a-hj-kmnp-tw-z2-9]{5}-[a-hj-kmnp-tw-z2-9]{5}$/)
})

test('are the same however they are typed, and another one for another person or secret', () => {
  const hash = recoveryHash('secret', 'asha', 'abcde-fgh23')
  expect(recoveryHash('secret', 'asha', ' ABCDE fgh23 ')).toBe(hash)
  expect(recoveryHash('secret', 'ben', 'abcde-fgh23')).not.toBe(hash)
  expect(recoveryHash('other', 'asha', 'abcde-fgh23')).not.toBe(hash)
  expect(hash).not.toContain('abcde')
})

test('are told from the codes of an app', () => {
  expect(isRecoveryCode('abcde-fgh23')).toBe(true)
  expect(isRecoveryCode('123 456')).toBe(false)
  expect(isRecoveryCode('')).toBe(false)
})
