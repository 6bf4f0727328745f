/** How values are written for people. */
import { describe, expect, test } from 'vitest'
import { asContact, dayInWords, dayOf, localMinute, momentOf, secondOf, timeOf } from './display'
import { grouped } from './grouped'
import { withCommas } from './with-commas'

describe('numbers, days and secrets', () => {
  test('certificate numbers stand in groups of three, other identifiers as they are', () => {
    expect(grouped('448086902061')).toEqual(['448', '086', '902', '061'])
    expect(grouped('4480869020')).toEqual(['448', '086', '902', '0'])
    expect(grouped('R-101')).toEqual(['R-101'])
  })

  test('days are in words, whatever the zone of the computer', () => {
    expect(dayInWords('1957-01-30')).toBe('30 Jan 1957')
    expect(dayInWords('1957-13')).toBe('1957-13')
    expect(dayInWords('1957-13-30')).toBe('1957-13-30')
    expect(localMinute('2021-07-12T19:21:19.646Z', 'Asia/Colombo')).toBe('2021-07-13T00:51')
    expect(localMinute('2021-09-05T23:59:59Z', 'UTC')).toBe('2021-09-05T23:59')
    expect(localMinute('2021-12-31T18:30:00Z', 'Asia/Colombo')).toBe('2022-01-01T00:00')
  })

  test('days and times are written as British English writes them', () => {
    const written = (options: Intl.DateTimeFormatOptions, month: number) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Colombo', ...options }).format(
        Date.UTC(2026, month, 7, 20, 5, 9),
      )
    for (let month = 0; month < 12; month++) {
      const instant = new Date(Date.UTC(2026, month, 7, 20, 5, 9)).toISOString()
      const day = written({ dateStyle: 'medium' }, month)
      expect(dayOf(instant, 'Asia/Colombo')).toBe(day)
      expect(momentOf(instant, 'Asia/Colombo')).toBe(`${day}, 01:35`)
      expect(timeOf(instant, 'Asia/Colombo')).toBe('01:35')
      expect(secondOf(instant, 'Asia/Colombo')).toBe(written({ dateStyle: 'medium', timeStyle: 'medium' }, month))
    }
    expect(() => momentOf('soon', 'UTC')).toThrow(RangeError)
  })

  test('whole numbers have commas between their thousands', () => {
    for (const n of [0, 7, 999, 1000, 12_345, 1_234_567, -4321]) expect(withCommas(n)).toBe(n.toLocaleString('en'))
  })

  test.each([
    ['0711234567', 'tel:0770000000', 'tel:0711234567'],
    ['0711234567', '0770000000', '0711234567'],
    ['a@b.lk', undefined, 'mailto:a@b.lk'],
    ['mailto:a@b.lk', 'tel:1', 'mailto:a@b.lk'],
    ['ask the office', undefined, 'ask the office'],
  ])('the contact %s (was %s) is kept as %s', (typed, before, kept) => {
    expect(asContact(typed, before)).toBe(kept)
  })
})
