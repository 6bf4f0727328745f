import { expect, test } from 'vitest'
import { cleanNote, cleanValue } from './report-text'

test('letters of every script, markup and signs stay as they were written', () => {
  const written = '<b>نِمال</b> O’Brien "x" {{y}} කොළඹ 👨‍👩‍👧 \\u0000 %s'
  expect(cleanNote(written)).toBe(written)
  expect(cleanValue(written)).toBe(written)
})

test('what cannot be stored or turns the text around is taken out', () => {
  expect(cleanNote('a\u0000b\u202eevil\u202c\u2066c\u007f')).toBe('abevilc')
  expect(cleanNote('half \ud83d')).toBe('half \ufffd')
})

test('lines of a note stay, those of a value become spaces', () => {
  expect(cleanNote('  one\r\ntwo\r\n\r\n\r\n\r\nthree\t! ')).toBe('one\ntwo\n\nthree !')
  expect(cleanValue('one\n two\u00a0 three')).toBe('one two three')
})
