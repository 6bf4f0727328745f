'use client'
/** The language of a public page, for what is drawn in the browser. */
import { createContext, use, type ReactNode } from 'react'
import type { Language } from '@/components/language'

const LanguageContext = createContext<Language>('en')

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>
}

/** The language of this page. */
export function useLanguage(): Language {
  return use(LanguageContext)
}

/** The words of a catalogue in the language of this page. */
export function useWords<W>(catalogue: Record<Language, W>): W {
  return catalogue[useLanguage()]
}
