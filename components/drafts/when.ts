/** When something was, as briefly as it can be said: the time of day, with the day when that is not today. */
import { dayOf, momentOf, timeOf } from '@/components/display'

/** "10:42", or "17 Oct 2021, 10:42". */
export function whenOf(instant: string, timeZone: string): string {
  const today = dayOf(instant, timeZone) === dayOf(new Date().toISOString(), timeZone)
  return today ? timeOf(instant, timeZone) : momentOf(instant, timeZone)
}
