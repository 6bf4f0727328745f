/** The languages of the public pages. A catalogue is one object per language with the same keys. */

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const

export type Language = keyof typeof LANGUAGES

/** Kept for a year; read on the server, written in the browser. */
export const LANGUAGE_COOKIE = 'errata-language'

/** The request header in which proxy.ts tells the pages their language. */
export const LANGUAGE_HEADER = 'x-errata-language'

/** A language of ours, null for anything else. */
export function languageOf(given: string | null | undefined): Language | null {
  return given && Object.hasOwn(LANGUAGES, given) ? (given as Language) : null
}

/** The best of our languages for an Accept-Language header (RFC 9110, section 12.5.4); English without a match. */
export function acceptedLanguage(header: string | null): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const q = parameters.map((one) => /^\s*q=([0-9.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined)
      return { tag: tag.toLowerCase().split('-')[0]!, q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  return wanted.map(({ tag }) => languageOf(tag)).find((one) => one !== null) ?? 'en'
}
