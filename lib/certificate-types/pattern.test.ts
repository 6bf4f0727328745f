import { describe, expect, test } from 'vitest'
import { fits, FORMATS, piecesOf } from './pattern'

describe('a pattern of a certificate type', () => {
  test.each([
    ['\\d{4}-\\d{2}', '2021-10', true],
    ['\\d{4}-\\d{2}', '2021-1', false],
    ['[A-Z]{2,3}\\d+', 'ABC123', true],
    ['[A-Z]{2,3}\\d+', 'A123', false],
    ['[^\\s@]+@[^\\s@]+', 'a@b', true],
    ['\\p{L}+ ?\\p{L}*', 'सरस्वती', false],
    ['[\\p{L}\\p{M}]+', 'सरस्वती', true],
    ['a?b*c{2}', 'bbbcc', true],
    ['a.c', 'a😀c', true],
    ['A/\\.-', 'A/.-', true],
  ])('%s and "%s": %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected)
  })

  test('fits a whole text only, and gives back what an earlier piece took too much of', () => {
    expect(fits('a*a', 'aaaa')).toBe(true)
    expect(fits('\\d+', '12 ')).toBe(false)
    expect(fits('[ab]*b[ab]{2}', 'aaaab')).toBe(false)
    expect(fits('[ab]*b[ab]{2}', 'aabaa')).toBe(true)
  })

  test('that would hang a regular expression is done at once', () => {
    expect(fits('a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(300))).toBe(false)
  })

  test.each(['(a+)+b', 'a|b', '^a$', '(?=a)', '\\1', 'a{3,2}', '[a', '', 'a'.repeat(41)])(
    '%s is no pattern',
    (pattern) => {
      expect(() => piecesOf(pattern)).toThrow()
    },
  )

  test('the formats are patterns', () => {
    for (const { pattern } of Object.values(FORMATS)) expect(piecesOf(pattern).length).toBeGreaterThan(0)
    expect(fits(FORMATS.phone.pattern, '+94 71 123 4567')).toBe(true)
    expect(fits(FORMATS.email.pattern, 'a.b@example.org')).toBe(true)
    expect(fits(FORMATS.email.pattern, 'a b@example.org')).toBe(false)
  })
})
