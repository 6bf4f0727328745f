/** Reading the dates that source systems send. */
import { clockAt, offsetAt } from './time-zones'

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Reads a date-time as DIVOC's clients write it: with or without seconds, with `Z`, `+05:30`, `+0530` or no zone at all
 * (then it is local time in `timeZone`), or a bare date (midnight). Null when it is no such thing.
 */
export function readInstant(text: string, timeZone: string): Date | null {
  const match = DATE_TIME.exec(text.trim())
  if (!match) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone] = match
  if (!isDate(`${year}-${month}-${day}`) || +hour > 23 || +minute > 59 || +second > 59) return null
  if (zone !== undefined && !isZone(zone)) return null
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second, Math.floor(+`0.${fraction}` * 1000))
  if (zone === undefined) return new Date(wall - zoneOffset(wall, timeZone))
  if (/^z$/i.test(zone)) return new Date(wall)
  const minutes = +zone.slice(1, 3) * 60 + +zone.slice(-2)
  return new Date(wall - (zone.startsWith('-') ? -minutes : minutes) * 60_000)
}

/** The zones of the world are at most 14 hours from UTC. */
function isZone(zone: string): boolean {
  return /^z$/i.test(zone) || (+zone.slice(1, 3) * 60 + +zone.slice(-2) <= 14 * 60 && +zone.slice(-2) < 60)
}

/** Is this a day of the calendar written YYYY-MM-DD? Not before 1900: a year 21 is a 2021 that lost its 20. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match || match[1]! < '1900') return false
  const date = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The day (YYYY-MM-DD) that an instant falls on in a time zone. */
export function dayIn(instant: Date, timeZone: string): string {
  const [day] = clockAt(instant.getTime(), timeZone).toISOString().split('T')
  return day!
}

/** Milliseconds that the wall clock of a zone is ahead of UTC. Two passes: near a change of summer time the first guess is off. */
function zoneOffset(wall: number, timeZone: string): number {
  const first = offsetAt(wall, timeZone)
  return offsetAt(wall - first, timeZone)
}
