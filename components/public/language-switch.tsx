'use client'
/** The other language of this page, by its own name. */
import { Languages } from 'lucide-react'
import { LANGUAGES, type Language } from '@/components/language'
import { useLanguage, useSpeak } from './language-provider'

export function LanguageSwitch() {
  const current = useLanguage()
  const speak = useSpeak()
  const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== current)
  return (
    <>
      {others.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          dir={LANGUAGES[language].direction}
          onClick={() => speak(language)}
          className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-control px-3 text-sm font-medium text-act hover:bg-act-soft"
        >
          <Languages aria-hidden className="size-4" />
          {LANGUAGES[language].name}
        </button>
      ))}
    </>
  )
}
