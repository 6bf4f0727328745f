'use client'
/** Shown when a page of ours breaks. */
import { Button } from '@/components/ui/button'
import { words } from '@/components/words'

export default function Broken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1>{words.page.brokenTitle}</h1>
      <p className="mt-3 text-ink-2">{words.page.broken}</p>
      {error.digest && <p className="mt-2 text-sm text-ink-3">{words.refused.reference(error.digest)}</p>}
      <Button kind="main" className="mt-6" onClick={reset}>
        {words.retry}
      </Button>
    </div>
  )
}
