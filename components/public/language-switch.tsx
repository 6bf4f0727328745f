'use client'
/** The other language of this page, by its own name. */
import { Languages } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/components/language'
import { useLanguage } from './language-provider'

export function LanguageSwitch() {
  const current = useLanguage()
  const router = useRouter()
  const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== current)
  const choose = (language: Language) => {
    speak(language)
    router.refresh()
  }
  return (
    <>
      {others.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          dir={LANGUAGES[language].direction}
          onClick={() => choose(language)}
          className="inline-flex min-h-11 items-center gap-2 rounded-control px-3 text-sm font-medium text-act hover:bg-act-soft"
        >
          <Languages aria-hidden className="size-4" />
          {LANGUAGES[language].name}
        </button>
      ))}
    </>
  )
}

/** The frame of the page carries language and direction; it is not drawn anew when the rest is. */
function speak(language: Language): void {
  document.cookie = `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${60 * 60 * 24 * 365}; SameSite=Lax`
  document.documentElement.lang = language
  document.documentElement.dir = LANGUAGES[language].direction
}
