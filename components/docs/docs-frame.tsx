/** The frame of the documentation: the name on top, contents beside the page. Nobody has to be signed in. */
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ThemeButton } from '@/components/header/theme-button'
import { Wordmark } from '@/components/header/wordmark'
import { words as shared } from '@/components/words'
import { DocLink } from './doc-link'
import { words } from './words'

export function DocsFrame({ contents, children }: { contents: ReactNode; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 bg-sheet px-4 py-3 font-semibold text-act underline focus:not-sr-only focus:fixed focus:start-4 focus:top-2"
      >
        {shared.skip}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-sheet">
        <div className="mx-auto flex min-h-14 max-w-[84rem] items-center gap-4 px-4 sm:px-8">
          <DocLink href="/docs" className="flex min-h-11 items-center gap-3">
            <Wordmark />
            <span className="text-[0.9375rem] text-ink-2 max-sm:hidden">{words.header}</span>
          </DocLink>
          <div className="ms-auto flex items-center gap-1">
            <Link
              href="/sign-in"
              prefetch={false}
              className="inline-flex min-h-11 items-center px-3 text-[0.9375rem] text-act hover:underline"
            >
              {words.signIn}
            </Link>
            <ThemeButton />
          </div>
        </div>
      </header>
      <div className="mx-auto max-w-[84rem] px-4 sm:px-8 desk:flex desk:gap-10">
        {contents}
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 pt-8 pb-24 focus-visible:shadow-none desk:max-w-[54rem]"
        >
          {children}
        </main>
      </div>
    </>
  )
}
