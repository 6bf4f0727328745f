import { describe, expect, test } from 'vitest'
import { dayIn, isDate, readInstant } from './dates'

describe('date-times as source systems write them', () => {
  test.each([
    ['2021-10-17T13:10', 'Asia/Colombo', '2021-10-17T07:40:00.000Z'],
    ['2021-10-17T13:10', 'UTC', '2021-10-17T13:10:00.000Z'],
    ['2021-10-17T13:10:05+0530', 'UTC', '2021-10-17T07:40:05.000Z'],
    ['2021-10-17T13:10:05.5-03:00', 'UTC', '2021-10-17T16:10:05.500Z'],
    ['2021-07-12T19:21:19.646Z', 'Asia/Kathmandu', '2021-07-12T19:21:19.646Z'],
    ['2021-10-17', 'Asia/Kathmandu', '2021-10-16T18:15:00.000Z'],
    // Summer time begins and ends: the hour that does not exist, and the one that exists twice, are read all the same.
    ['2021-03-28T02:30', 'Europe/Amsterdam', '2021-03-28T01:30:00.000Z'],
    ['2021-10-31T12:00', 'Europe/Amsterdam', '2021-10-31T11:00:00.000Z'],
  ])('%s in %s', (text, zone, instant) => {
    expect(readInstant(text, zone)?.toISOString()).toBe(instant)
  })

  test.each([
    '2021-13-01T10:00',
    '2021-02-30T10:00',
    '2021-10-17T25:00',
    '17-10-2021',
    'today',
    '',
    '2021-10-17T10:00+99:99',
  ])('"%s" is none', (text) => expect(readInstant(text, 'UTC')).toBeNull())

  test('a year that lost its first digits is refused and not taken for another century', () => {
    expect(readInstant('0021-10-17T13:10', 'UTC')).toBeNull()
    expect(isDate('0099-01-01')).toBe(false)
    expect(isDate('1900-01-01')).toBe(true)
  })

  test('leap days are days, others are not', () => {
    expect(isDate('2024-02-29')).toBe(true)
    expect(isDate('2023-02-29')).toBe(false)
  })

  test('an instant falls on the day of the zone', () => {
    expect(dayIn(new Date('2021-10-17T20:00:00.000Z'), 'Asia/Kathmandu')).toBe('2021-10-18')
  })
})
