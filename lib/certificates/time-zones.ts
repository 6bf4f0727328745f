/**
 * How far the clocks of a time zone are ahead of UTC. Intl knows it of every zone; but the first format that it makes loads
 * its tables, which takes a slow computer 100 ms. So a page brings what it needs of the issuer's zone with it.
 */

/** One zone between two instants. Times are minutes since 1970 in UTC, offsets minutes ahead of UTC. */
export interface ZoneOffsets {
  timeZone: string
  until: number
  /** When an offset begins, and the offset; the first one where the table begins. */
  changes: [from: number, offset: number][]
}

const MINUTE = 60_000
const DAY = 24 * 60
/** So far in the past and in the future; beyond that Intl is asked. */
const YEARS_AROUND = 15
/** Shorter than any time for which clocks were changed: those of Ramadan last four weeks. */
const STEP = 14 * DAY

const known = new Map<string, ZoneOffsets>()
const formats = new Map<string, Intl.DateTimeFormat>()

/** The offsets of a zone (IANA name) from 15 years before until 15 years after a day. RangeError: no such zone. */
export function offsetsAround(now: Date, timeZone: string): ZoneOffsets {
  const today = Math.floor(now.getTime() / MINUTE / DAY) * DAY
  const offset = (minute: number) => offsetByIntl(minute * MINUTE, timeZone) / MINUTE
  const until = today + YEARS_AROUND * 365 * DAY
  let before = today - YEARS_AROUND * 365 * DAY
  const changes: ZoneOffsets['changes'] = [[before, offset(before)]]
  while (before < until) {
    const after = Math.min(before + STEP, until)
    const [old, found] = [changes.at(-1)![1], offset(after)]
    if (found !== old) changes.push([firstMinute(before, after, (minute) => offset(minute) !== old), found])
    before = after
  }
  return { timeZone, until, changes }
}

/** The first minute after `before` at which something holds that holds at `after`. */
function firstMinute(before: number, after: number, holds: (minute: number) => boolean): number {
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holds(middle)) after = middle
    else before = middle
  }
  return after
}

/** From now on `offsetAt` answers out of this table, as far as it goes. */
export function knowZone(zone: ZoneOffsets): void {
  known.set(zone.timeZone, zone)
}

/** Milliseconds that the clocks of a zone (IANA name) are ahead of UTC at an instant. RangeError: no such zone or instant. */
export function offsetAt(instant: number, timeZone: string): number {
  if (Number.isNaN(instant)) throw new RangeError('No instant.')
  if (timeZone === 'UTC') return 0
  const zone = known.get(timeZone)
  const minute = Math.floor(instant / MINUTE)
  if (!zone || minute < zone.changes[0]![0] || minute >= zone.until) return offsetByIntl(instant, timeZone)
  return zone.changes.findLast(([from]) => from <= minute)![1] * MINUTE
}

/** What the clocks of a zone show at an instant, as if they were in UTC. RangeError: no such zone or instant. */
export function clockAt(instant: number, timeZone: string): Date {
  return new Date(instant + offsetAt(instant, timeZone))
}

function offsetByIntl(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return wall - Math.floor(instant / 1000) * 1000
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const made = formats.get(timeZone)
  if (made) return made
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
