import { expect, test } from 'vitest'
import { patience } from './patience.mjs'

test('the wait doubles up to half a minute', () => {
  const { afterEnd } = patience()
  expect(Array.from({ length: 8 }, () => afterEnd(500))).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000])
})

test('a part that ran for a minute gets the short wait again', () => {
  const { afterEnd } = patience(3)
  expect([500, 500, 60_000, 500].map(afterEnd)).toEqual([1000, 2000, 1000, 2000])
})

test('the given number of ends in a row is the last', () => {
  const { afterEnd } = patience(3)
  expect([500, 500, 500].map(afterEnd)).toEqual([1000, 2000, null])
})
