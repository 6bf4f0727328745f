import { describe, expect, test } from 'vitest'
import { clockAt, knowZone, offsetAt, offsetsAround } from './time-zones'

const HOUR = 3_600_000
const NOW = new Date('2026-11-23T10:00:00Z')

/** As Intl says it, with a format of its own. */
function byIntl(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (instant) => format.format(instant)
}

function byOffset(instant: number, timeZone: string): string {
  return clockAt(instant, timeZone).toISOString().slice(0, 19).replace('T', ' ')
}

/** Summer time, none, half hours, quarters, a change of one half hour, clocks put back for Ramadan, two hours at once, a zone that moved. */
const ZONES = [
  'Europe/London',
  'America/New_York',
  'Asia/Colombo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Antarctica/Troll',
  'Pacific/Apia',
  'Asia/Pyongyang',
  'America/Caracas',
  'UTC',
]

describe.each(ZONES)('%s', (timeZone) => {
  test('with a table its clocks show what Intl says: each change to the second, any hour, and beyond the table', () => {
    const zone = offsetsAround(NOW, timeZone)
    expect(zone.changes.every(([from, offset]) => Number.isInteger(from) && Number.isInteger(offset))).toBe(true)
    knowZone(zone)
    const around = zone.changes.flatMap(([from]) => [from * 60_000 - 1000, from * 60_000, from * 60_000 + 1000])
    const start = Date.UTC(2005, 0, 1)
    const others = Array.from({ length: 3000 }, (_, n) => start + n * 97 * HOUR)
    const edges = [zone.until * 60_000 - 1000, zone.until * 60_000, Date.UTC(1969, 6, 20), Date.UTC(1905, 5, 1), 0]
    const instants = [...around, ...others, ...edges]
    expect(instants.map((instant) => byOffset(instant, timeZone))).toEqual(instants.map(byIntl(timeZone)))
  })
})

test('a table of thirty years is small enough for every page to carry', () => {
  expect(offsetsAround(NOW, 'Asia/Colombo').changes).toHaveLength(1)
  expect(JSON.stringify(offsetsAround(NOW, 'Europe/London')).length).toBeLessThan(1200)
})

test('what is no instant and what is no zone are refused', () => {
  expect(() => offsetAt(NaN, 'UTC')).toThrow(RangeError)
  expect(() => offsetAt(0, 'Atlantis/Center')).toThrow(RangeError)
  expect(() => offsetsAround(NOW, 'Atlantis/Center')).toThrow(RangeError)
})
