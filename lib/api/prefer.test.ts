import { expect, test } from 'vitest'
import { preferredWait } from './prefer'

test.each([
  ['wait=10', 10],
  ['wait=0', 0],
  ['WAIT = "7"', 7],
  ['respond-async, wait=5', 5],
  ['return=minimal; foo="a, wait=1", wait=3; x=y', 3],
  ['wait=2, wait=9', 2],
  ['wait=9999999', 30],
])('"%s" is a wait of %i seconds', (header, seconds) => {
  expect(preferredWait(header)).toBe(seconds)
})

test.each([
  [null],
  [''],
  ['return=representation'],
  ['wait'],
  ['wait='],
  ['wait=soon'],
  ['wait=-1'],
  ['wait=1.5'],
  ['wait=1 2'],
  ['wait=soon, wait=5'],
  ['waiting=5'],
  ['foo="wait=5'],
  [',,;;=,'],
])('%j is none', (header) => {
  expect(preferredWait(header)).toBeNull()
})
