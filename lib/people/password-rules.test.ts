import { describe, expect, test } from 'vitest'
import { oneTimePassword } from './one-time-password'
import { wrongWithPassword } from './password-rules'

const NIMAL = { username: 'nimal.perera', name: 'Nimal Perera' }
const wrong = (password: string) => wrongWithPassword(password, NIMAL)

describe('an own password', () => {
  test('is long: several words, of any script', () => {
    expect(wrong('three short planks')).toBeNull()
    expect(wrong('හොඳ දිගු මුරපදයක් මෙය')).toBeNull()
    expect(wrong('elevenchars')).toContain('at least 12 characters')
    expect(wrong('twelvechars!')).toBeNull()
    expect(wrong(`${'long words '.repeat(100)}`)).toContain('at most 1024')
  })

  test('counts characters as people do, not their parts', () => {
    expect(wrong('🌴🌊🐘🍵🎉🎈')).toContain('at least 12 characters')
  })

  test('is not one letter many times', () => {
    expect(wrong('aaaaaaaaaaaaaaaaaaaa')).toBe('Use more different characters.')
    expect(wrong('121212121212')).toBe('Use more different characters.')
  })

  test('is not the name or username with something behind it, however written', () => {
    for (const password of ['nimal.perera', 'Nimal Perera 1', 'NIMALPERERA2026', 'NIMAL.PERERA!!!']) {
      expect(wrong(password)).toBe('Do not use your name or username as the password.')
    }
    expect(wrong('nimal perera likes green tea')).toBeNull()
    expect(wrongWithPassword('long enough words', { username: 'o', name: 'Li' })).toBeNull()
  })
})

describe('a one-time password', () => {
  test('is four groups of five letters and digits that nobody mixes up, different each time', () => {
    const some = Array.from({ length: 200 }, () =>
      oneTimePassword((bytes) => crypto.getRandomValues(new Uint8Array(bytes))),
    )
    for (const one of some) expect(one).toMatch(/^([a-hjkmnp-tw-z2-9]{5}-){3}[a-hjkmnp-tw-z2-9]{5}$/)
    expect(new Set(some).size).toBe(200)
  })

  test('gives every letter the same chance: bytes beyond the last full run of the alphabet are left out', () => {
    const bytes = [new Uint8Array(32).fill(255), new Uint8Array(32).fill(232), new Uint8Array(32).fill(231)]
    expect(oneTimePassword(() => bytes.shift()!)).toBe('99999-99999-99999-99999')
  })
})
