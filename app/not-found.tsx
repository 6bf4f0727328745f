/** An address that does not exist. Its links are plain ones: Next would send the code of its own along with every page there is. */
/* eslint-disable @next/next/no-html-link-for-pages */
import type { Metadata } from 'next'
import { Wordmark } from '@/components/header/wordmark'
import { words } from '@/components/words'

export const metadata: Metadata = { title: words.page.notFoundTitle }

export default function NotFound() {
  return (
    <>
      <header className="flex min-h-14 items-center border-b border-line bg-sheet px-4 sm:px-6">
        <a href="/" className="flex min-h-11 items-center" aria-label={`${words.product}: ${words.find.title}`}>
          <Wordmark />
        </a>
      </header>
      <main className="mx-auto max-w-xl px-4 py-16 sm:px-6">
        <h1>{words.page.notFoundTitle}</h1>
        <p className="mt-3 text-ink-2">{words.page.notFound}</p>
        <p className="mt-6">
          <a href="/" className="link font-semibold">
            {words.page.goFind}
          </a>
        </p>
      </main>
    </>
  )
}
