import { describe, expect, test } from 'vitest'
import { boundsOf } from './day-bounds'

const bounds = (day: string, timeZone: string) => {
  const { from, until } = boundsOf(day, timeZone)
  return [from.toISOString(), until.toISOString()]
}

describe('a day', () => {
  test('is the one of the issuer, not of UTC', () => {
    expect(bounds('2026-05-12', 'Asia/Colombo')).toEqual(['2026-05-11T18:30:00.000Z', '2026-05-12T18:30:00.000Z'])
    expect(bounds('2026-05-12', 'UTC')).toEqual(['2026-05-12T00:00:00.000Z', '2026-05-13T00:00:00.000Z'])
    expect(bounds('2026-12-31', 'America/Lima')).toEqual(['2026-12-31T05:00:00.000Z', '2027-01-01T05:00:00.000Z'])
  })

  test('has 23 or 25 hours where the clocks change', () => {
    expect(bounds('2026-03-29', 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
    expect(bounds('2026-10-25', 'Europe/Berlin')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
  })

  test('begins at one o’clock where midnight is skipped, and after both of two last hours', () => {
    expect(bounds('2026-03-29', 'Asia/Beirut')).toEqual(['2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'])
    expect(bounds('2026-10-25', 'Asia/Beirut')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T22:00:00.000Z'])
    expect(bounds('2026-04-24', 'Africa/Cairo')[0]).toBe('2026-04-23T22:00:00.000Z')
    expect(bounds('2018-11-04', 'America/Sao_Paulo')).toEqual(['2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'])
    expect(bounds('2018-02-17', 'America/Sao_Paulo')).toEqual(['2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z'])
  })

  test.each([
    ['America/Sao_Paulo', '2018-02-14'],
    ['America/Sao_Paulo', '2018-11-01'],
    ['Pacific/Chatham', '2018-03-29'],
    ['Asia/Kathmandu', '2018-12-28'],
  ])('follows the one before without a gap: in %s around %s', (timeZone, start) => {
    let day = start
    for (let n = 0; n < 8; n++) {
      const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      expect(boundsOf(day, timeZone).until).toEqual(boundsOf(next, timeZone).from)
      day = next
    }
  })

  test('that no calendar has is refused', () => {
    for (const day of ['2026-02-30', 'today', '', '2026-1-1', '2026-05-12T00:00']) {
      expect(() => boundsOf(day, 'UTC')).toThrow('day of the calendar')
    }
  })
})
