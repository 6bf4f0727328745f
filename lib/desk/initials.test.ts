import { expect, test } from 'vitest'
import { initialsOf } from './initials'

test.each([
  ['Sarasvathy T K', 'S. T. K.'],
  ['bartjan verduijn', 'B. V.'],
  ['J.P. Silva', 'J. P. S.'],
  ['ව\u0dd2ක්‍රමසිංහ අනුරාධා', 'ව\u0dd2. අ.'],
  ['  "Ann"  -  ', 'A.'],
  ['', ''],
  ['A B C D E', 'A. B. C.'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
