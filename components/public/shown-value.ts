/** How the public pages write the stored value of a field. Small on purpose: the declaration of the fields stays on the server. */
import type { Language } from '@/components/language'
import { dayInWords, momentOf } from './days'

/** How a field is written, as the certificate type declares it. */
interface Written {
  kind: string
  unit?: string
}

/** Days and times in words, contacts without their scheme, a unit behind its value; everything else as it is on the certificate. */
export function shownValue({ kind, unit }: Written, value: string, language: Language, timeZone: string): string {
  if (value === '') return ''
  if (kind === 'date') return dayInWords(value, language)
  if (kind === 'instant') return Number.isNaN(Date.parse(value)) ? value : momentOf(value, language, timeZone)
  if (kind === 'contacts') return value.replaceAll(/(^|, )(tel|mailto):/gi, '$1')
  return unit === undefined ? value : `${value} ${unit}`
}

/** The writing direction of a value: days follow the language they are worded in, codes are left to right. */
export function directionOf(kind: string, ltr: boolean): 'ltr' | 'auto' | undefined {
  if (kind === 'date' || kind === 'instant') return undefined
  return ltr || kind === 'contacts' || kind === 'wholeNumber' || kind === 'identifier' ? 'ltr' : 'auto'
}
