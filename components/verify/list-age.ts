/** How old the kept list is, in words. */
import { apart } from '@/components/public/apart'
import { momentOf } from '@/components/public/days'
import type { Language } from '@/components/language'
import type { ListAge } from '@/lib/verification/revocation-list'
import type { VerifyWords } from './words'

/** So much a clock may be off before anybody is told. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** "21 Nov 2026, 09:10 (3 hours old)" */
export function listSaid(list: ListAge, at: Date, words: VerifyWords, language: Language, timeZone: string): string {
  return words.listAge(apart(momentOf(list.publishedAt, language, timeZone)), ageOf(list, at, words))
}

/** Published later than it is now: then this device's clock is slow. */
export function isAhead({ publishedAt }: ListAge, at: Date): boolean {
  return Date.parse(publishedAt) > at.getTime() + CLOCK_TOLERANCE_MS
}

function ageOf({ publishedAt }: ListAge, at: Date, { age }: VerifyWords): string {
  const minutes = Math.max(0, Math.floor((at.getTime() - Date.parse(publishedAt)) / 60_000))
  if (minutes < 60) return age.minutes(minutes)
  return minutes < 48 * 60 ? age.hours(Math.floor(minutes / 60)) : age.days(Math.floor(minutes / (24 * 60)))
}
