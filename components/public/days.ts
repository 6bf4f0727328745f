/** Days and times in words, in the languages of the public pages. The digits are those printed on the certificate. */
import type { Language } from '@/components/language'

const LOCALES: Record<Language, string> = { en: 'en-GB', ar: 'ar-u-ca-gregory-nu-latn' }

/** The day of an instant in a time zone: "12 May 2024". */
export function dayOf(instant: string | Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    day: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    year: 'numeric',
  }).format(new Date(instant))
}

/** A day (YYYY-MM-DD) in words. */
export function dayInWords(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? day : dayOf(date, language, 'UTC')
}

/** The time of day of an instant: "10:46"; without a time zone, by the clock of this device. */
export function timeOf(instant: string | Date, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
}

/** Day and time of an instant: "12 May 2024, 10:46". */
export function momentOf(instant: string | Date, language: Language, timeZone: string): string {
  return `${dayOf(instant, language, timeZone)}${language === 'ar' ? '، ' : ', '}${timeOf(instant, language, timeZone)}`
}
