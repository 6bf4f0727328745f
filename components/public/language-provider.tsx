'use client'
/** The language of a public page, for what is drawn in the browser. It changes at once, also without a connection. */
import { createContext, use, useState, type ReactNode } from 'react'
import { keepPreference } from '@/components/cookies'
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/components/language'

const LanguageContext = createContext<{ language: Language; speak: (language: Language) => void }>({
  language: 'en',
  speak: () => {},
})

interface LanguageProviderProps {
  language: Language
  /** Of the document. */
  titles: Record<Language, string>
  children: ReactNode
}

export function LanguageProvider({ language: first, titles, children }: LanguageProviderProps) {
  const [language, setLanguage] = useState(first)
  const speak = (chosen: Language) => {
    turn(chosen)
    document.title = titles[chosen]
    setLanguage(chosen)
  }
  return <LanguageContext value={{ language, speak }}>{children}</LanguageContext>
}

/** The language of this page. */
export function useLanguage(): Language {
  return use(LanguageContext).language
}

/** Goes on in another language. */
export function useSpeak(): (language: Language) => void {
  return use(LanguageContext).speak
}

/** The words of a catalogue in the language of this page. */
export function useWords<W>(catalogue: Record<Language, W>): W {
  return catalogue[useLanguage()]
}

/** The frame of the page carries language and direction; it is not drawn anew when the rest is. */
function turn(language: Language): void {
  keepPreference(LANGUAGE_COOKIE, language)
  document.documentElement.lang = language
  document.documentElement.dir = LANGUAGES[language].direction
}
