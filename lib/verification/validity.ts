/** The time in which a certificate counts, where it says one of its own. Pure. */
import type { Facts } from './facts'

export type OutOfTime =
  { state: 'not_yet_valid'; from: string; facts: Facts } | { state: 'expired'; since: string; facts: Facts }

/** What is to be said of a certificate whose time has not come, or is over; null within it. What is no date limits nothing. */
export function outOfTime(facts: Facts, now: Date): OutOfTime | null {
  const { validFrom = '', validUntil = '' } = facts
  if (Date.parse(validFrom) > now.getTime()) return { state: 'not_yet_valid', from: validFrom, facts }
  if (Date.parse(validUntil) <= now.getTime()) return { state: 'expired', since: validUntil, facts }
  return null
}
