import { describe, expect, test } from 'vitest'
import { isLargeNameChange } from './name-distance'

describe('a large change of a name', () => {
  test.each([
    ['one letter', 'Meera Kapoor', 'Meera Kapur'],
    ['one letter of a short name', 'Li', 'Lu'],
    ['capitals', 'MEERA KAPOOR', 'Meera Kapoor'],
    ['accents', 'Jose Munoz', 'José Muñoz'],
    ['composed and decomposed letters', 'Jos\u00e9', 'Jose\u0301'],
    ['words in another order', 'Meera Kapoor', 'Kapoor, Meera'],
    ['points and spaces', 'A.B. Perera', 'A B Perera'],
    ['a hyphen', 'Anne-Marie', 'Anne Marie'],
    ['Arabic short vowels', '\u0645\u062d\u0645\u062f', '\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f'],
    ['a lengthened Arabic word', '\u0645\u062d\u0645\u062f', '\u0645\u062d\u0640\u0640\u0645\u062f'],
    ['one Sinhala vowel sign', '\u0d9a\u0db8\u0dbd\u0dcf', '\u0d9a\u0db8\u0dbd\u0dd3'],
    ['nothing', 'Meera', 'Meera'],
    ['no letters at all', '123', '456'],
  ])('%s is none', (_what, before, after) => {
    expect(isLargeNameChange(before, after)).toBe(false)
    expect(isLargeNameChange(after, before)).toBe(false)
  })

  test.each([
    ['another family name', 'Meera Kapoor', 'Meera Singh'],
    ['another name', 'Meera', 'Rohan'],
    ['another short name', 'Li', 'Wu'],
    ['a family name that was missing', 'Meera', 'Meera Kapoor'],
    ['another Sinhala name', '\u0d9a\u0db8\u0dbd\u0dcf', '\u0dc3\u0dd4\u0db1\u0dd2\u0dbd\u0dca'],
    ['another Arabic name', '\u0645\u062d\u0645\u062f', '\u0641\u0627\u0637\u0645\u0629'],
    ['another script', 'Mohamed', '\u0645\u062d\u0645\u062f'],
    ['no letters any more', 'Meera', '...'],
  ])('%s is one', (_what, before, after) => {
    expect(isLargeNameChange(before, after)).toBe(true)
    expect(isLargeNameChange(after, before)).toBe(true)
  })

  test('the longest names are compared at once', () => {
    expect(isLargeNameChange('a'.repeat(300), 'b'.repeat(300))).toBe(true)
  })
})
