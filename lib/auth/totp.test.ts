import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeTotpSecret, matchingStep, totpAddress, totpAt } from './totp'

/** "12345678901234567890" in base32. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('codes', () => {
  // RFC 6238 appendix B, the last six of its eight digits.
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at second %i as in RFC 6238', (second, code) => {
    expect(totpAt(RFC, Math.floor(second / 30))).toBe(code)
  })

  test('fit one step early and late and no more, however they are spaced', () => {
    const now = new Date(1234567890_000)
    const present = Math.floor(1234567890 / 30)
    const fits = (step: number) => matchingStep(RFC, totpAt(RFC, step), now, 0)
    expect([-2, -1, 0, 1, 2].map((n) => fits(present + n))).toEqual([null, present - 1, present, present + 1, null])
    expect(matchingStep(RFC, ' 005 924 ', now, 0)).toBe(present)
  })

  test('are used up with the step, and so are the ones before it', () => {
    const now = new Date(1234567890_000)
    const present = Math.floor(1234567890 / 30)
    expect(matchingStep(RFC, totpAt(RFC, present), now, present)).toBeNull()
    expect(matchingStep(RFC, totpAt(RFC, present - 1), now, present)).toBeNull()
    expect(matchingStep(RFC, totpAt(RFC, present + 1), now, present)).toBe(present + 1)
  })

  test.each(['', '12345', '1234567', 'abcdef', '００５９２４', '\u0000', '9'.repeat(64)])('%j is none', (code) => {
    expect(matchingStep(RFC, code, new Date(1234567890_000), 0)).toBeNull()
  })
})

test('a secret has 160 random bits, in letters that apps take', () => {
  const secrets = Array.from({ length: 50 }, () => makeTotpSecret(randomBytes))
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(new Set(secrets).size).toBe(50)
})

test('the address for the QR code keeps its parts apart, whatever they are called', () => {
  const address = new URL(totpAddress(RFC, 'Ministry: Health & Co', 'asha?secret=X'))
  expect(address.searchParams.get('secret')).toBe(RFC)
  expect(address.searchParams.get('issuer')).toBe('Ministry: Health & Co')
  expect(decodeURIComponent(address.pathname)).toMatch(/\/Ministry {2}Health & Co:asha\?secret=X$/)
})
