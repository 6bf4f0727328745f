'use client'
/** Shown when not even the frame of the pages can be drawn: the same words, with a frame of its own. */
import { brokenWords } from '@/components/broken-words'
import Broken from './(operator)/error'
import '@/components/theme.css'

export default function BrokenFrame(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{brokenWords.pageTitle}</title>
        <main className="px-6">
          <Broken {...props} />
        </main>
      </body>
    </html>
  )
}
