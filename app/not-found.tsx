/** An address that does not exist. */
import type { Metadata } from 'next'
import Link from 'next/link'
import { words } from '@/components/words'

export const metadata: Metadata = { title: words.page.notFoundTitle }

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-6 py-16">
      <h1>{words.page.notFoundTitle}</h1>
      <p className="mt-3 text-ink-2">{words.page.notFound}</p>
      <p className="mt-6">
        <Link href="/" className="link font-semibold">
          {words.page.goFind}
        </Link>
      </p>
    </main>
  )
}
