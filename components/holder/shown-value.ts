/** A recorded value as a holder reads it in the own language. */
import type { Language } from '@/components/language'
import { dayInWords, momentOf } from '@/components/public/days'

/** Days and times in words, contacts without their scheme, everything else as it is on the certificate. */
export function shownValue(kind: string, value: string, language: Language, timeZone: string): string {
  if (value === '') return ''
  if (kind === 'date') return dayInWords(value, language)
  if (kind === 'instant') return Number.isNaN(Date.parse(value)) ? value : momentOf(value, language, timeZone)
  if (kind === 'contacts') return value.replaceAll(/(^|, )(tel|mailto):/gi, '$1')
  return value
}

/** The writing direction of a value: days follow the language they are worded in, codes are left to right. */
export function directionOf(kind: string, ltr: boolean): 'ltr' | 'auto' | undefined {
  if (kind === 'date' || kind === 'instant') return undefined
  return ltr || kind === 'contacts' || kind === 'wholeNumber' || kind === 'identifier' ? 'ltr' : 'auto'
}
