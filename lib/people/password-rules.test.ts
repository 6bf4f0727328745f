import { describe, expect, test } from 'vitest'
import { marks } from './leaked-passwords.json'
import { oneTimePassword } from './one-time-password'
import { wrongWithPassword } from './password-rules'

const NIMAL = { username: 'nimal.perera', name: 'Nimal Perera', places: ['Ministry of Health', 'MOH Gothatuwa'] }
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
    expect(wrongWithPassword('long enough words', { username: 'o', name: 'Li', places: [] })).toBeNull()
  })
})

describe('a password that attackers try first', () => {
  test('is refused: the long ones among the most used that became known in breaches, in any case', () => {
    for (const known of [
      '1qaz2wsx3edc',
      'qwertyqwerty',
      'QwertyQwerty',
      'unbelievable',
      'motherfucker',
      'finalfantasy',
    ]) {
      expect(wrong(known), known).toMatch(/lists that attackers try first/)
    }
    expect(wrong('qwertyqwertz unbelievably')).toBeNull()
  })

  test('the list holds more than 3,000 that are long enough, and none that can be read', () => {
    expect(Buffer.from(marks, 'base64').length / 4).toBeGreaterThan(3000)
    expect(marks).toMatch(/^[A-Za-z0-9+/]+=*$/)
  })

  test('is refused when it is made of the product, the issuer, the facility, a role or the own name', () => {
    for (const known of [
      'errata-vaccination',
      'Administrator1!',
      'MinistryOfHealth1',
      'gothatuwa2026',
      'Covid certificate',
    ]) {
      expect(wrong(known), known).toMatch(/words that everybody here knows/)
    }
    expect(wrong('health is a purple bicycle')).toBeNull()
  })

  test('needs no capitals, digits or signs, and may hold any: 64 characters and more', () => {
    for (const good of [
      'plain small letters',
      '831047265190 4482',
      '!?#*+~ {}[] <>$%',
      'ü'.repeat(3) + 'bcdefghij'.repeat(9),
    ]) {
      expect(wrong(good), good).toBeNull()
    }
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
