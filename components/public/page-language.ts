/** The language of the page that is being drawn, on the server. */
import { headers } from 'next/headers'
import { LANGUAGE_HEADER, languageOf, type Language } from '@/components/language'

/** As proxy.ts decided: the cookie's, else the browser's, English on the operators' pages. */
export async function pageLanguage(): Promise<Language> {
  return languageOf((await headers()).get(LANGUAGE_HEADER)) ?? 'en'
}
