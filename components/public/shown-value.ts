/** How the public pages write the stored value of a field. Small on purpose: the declaration of the fields stays on the server. */
import type { Language } from '@/components/language'
import { dayInWords, momentOf } from './days'

/** `kind` as the certificate type declares it. */
export function shownValue(kind: string, value: string, language: Language, timeZone: string): string {
  if (kind === 'date') return dayInWords(value, language)
  if (kind === 'instant') return Number.isNaN(Date.parse(value)) ? value : momentOf(value, language, timeZone)
  if (kind === 'contacts') return value.replaceAll(/(^|, )(tel|mailto):/gi, '$1')
  return value
}
