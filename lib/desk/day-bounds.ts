/** When a day begins and ends where the issuer is. Pure. */
import { dayIn, isDate, readInstant } from '@/lib/certificates/dates'
import { Refusal } from '@/lib/errors'

const HOUR = 60 * 60 * 1000

/** The instants between which a day (YYYY-MM-DD) lies; 23 or 25 hours long where the clocks change. Refusal: VALIDATION_ERROR. */
export function boundsOf(day: string, timeZone: string): { from: Date; until: Date } {
  if (!isDate(day)) throw new Refusal('VALIDATION_ERROR', 'day must be a day of the calendar, written YYYY-MM-DD.')
  return { from: beginOf(day, timeZone), until: beginOf(dayAfter(day), timeZone) }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10)
}

/** The first moment of a day. Some zones put their clocks forward at midnight: then the day begins at one o'clock. */
function beginOf(day: string, timeZone: string): Date {
  const midnight = readInstant(`${day}T00:00`, timeZone)!
  if (dayIn(midnight, timeZone) === day && dayIn(new Date(midnight.getTime() - 1), timeZone) !== day) return midnight
  let [before, after] = [midnight.getTime() - 3 * HOUR, midnight.getTime() + 3 * HOUR]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayIn(new Date(middle), timeZone) < day) before = middle
    else after = middle
  }
  return new Date(after)
}
