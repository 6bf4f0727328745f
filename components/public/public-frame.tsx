'use client'
/** Header, main part and footer of a public page. */
import type { ReactNode } from 'react'
import type { Language } from '@/components/language'
import { LanguageProvider, useWords } from './language-provider'
import { LanguageSwitch } from './language-switch'
import { publicWords } from './words'

interface PublicFrameProps {
  language: Language
  issuer: string
  /** Of the document. */
  titles: Record<Language, string>
  children: ReactNode
}

export function PublicFrame({ language, issuer, titles, children }: PublicFrameProps) {
  return (
    <LanguageProvider language={language} titles={titles}>
      <Frame issuer={issuer}>{children}</Frame>
    </LanguageProvider>
  )
}

function Frame({ issuer, children }: Pick<PublicFrameProps, 'issuer' | 'children'>) {
  const words = useWords(publicWords)
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 bg-sheet px-4 py-3 font-semibold text-act underline focus:not-sr-only focus:fixed focus:start-4 focus:top-2"
      >
        {words.skip}
      </a>
      <header className="border-b border-line bg-sheet">
        <div className="mx-auto flex min-h-14 max-w-[44rem] items-center justify-between gap-3 px-4">
          <bdi className="min-w-0 truncate font-semibold">{issuer}</bdi>
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[44rem] flex-1 px-4 py-6 focus-visible:shadow-none">
        {children}
      </main>
      <footer className="border-t border-line px-4 py-4 text-center text-sm text-ink-3">{words.footer(issuer)}</footer>
    </div>
  )
}
