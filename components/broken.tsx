'use client'
/** Shown when a page of ours breaks. */
import { brokenWords } from './broken-words'
import { Button } from './ui/button'

export function Broken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1>{brokenWords.title}</h1>
      <p className="mt-3 text-ink-2">{brokenWords.text}</p>
      {error.digest && <p className="mt-2 text-sm text-ink-3">{brokenWords.reference(error.digest)}</p>}
      <Button kind="main" className="mt-6" onClick={reset}>
        {brokenWords.again}
      </Button>
    </div>
  )
}
