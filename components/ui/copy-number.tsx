'use client'
/** Copies a certificate number without the gaps it is drawn with, and says so. */
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { words } from '@/components/words'

export function CopyNumber({ id }: { id: string }) {
  const [copied, setCopied] = useState(false)
  const Icon = copied ? Check : Copy
  return (
    <>
      <button
        type="button"
        aria-label={words.copyNumber}
        title={words.copyNumber}
        data-screen-only
        className="inline-grid size-7 place-items-center rounded-control align-middle text-ink-3 hover:bg-act-soft hover:text-act"
        onClick={() => {
          // The clipboard exists only on secure origins.
          void navigator.clipboard?.writeText(id).then(() => setCopied(true))
        }}
        onBlur={() => setCopied(false)}
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <span role="status" className="sr-only">
        {copied ? words.copied : ''}
      </span>
    </>
  )
}
