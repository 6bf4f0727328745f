'use client'
/** A password or token that is told this once: large, copied with one press, gone when the page is left. */
import { Check, Copy, KeyRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { words } from './words'

interface SecretPanelProps {
  title: string
  /** Whose it is and how it is handed over. */
  lead: string
  secret: string
  /** What has to be known besides. */
  next?: string
  /** What becomes of it, where that is not "shown once, kept nowhere". */
  once?: string
}

export function SecretPanel({ title, lead, secret, next, once = words.shownOnce }: SecretPanelProps) {
  const [copied, setCopied] = useState(false)
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [secret])
  const Icon = copied ? Check : Copy
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby="secret-title"
      className="sheet border-s-4 border-s-warn px-5 py-5 sm:px-7"
    >
      <h2 id="secret-title" className="flex items-center gap-2 text-lg">
        <KeyRound aria-hidden className="size-5 text-warn" />
        {title}
      </h2>
      <p className="mt-1 text-ink-2">{lead}</p>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <output className="numbers min-w-0 rounded-control border border-line-strong bg-paper px-4 py-2.5 font-mono text-lg wrap-anywhere select-all">
          <bdi dir="ltr">{secret}</bdi>
        </output>
        <Button
          onClick={() => {
            // The clipboard exists only on secure origins.
            void navigator.clipboard?.writeText(secret).then(() => setCopied(true))
          }}
          onBlur={() => setCopied(false)}
        >
          <Icon aria-hidden className="size-4" />
          {copied ? words.copied : words.copy}
        </Button>
      </div>
      <p className="mt-4 text-sm font-semibold">{once}</p>
      {next && <p className="mt-1 text-sm text-ink-2">{next}</p>}
      <p role="status" className="sr-only">
        {copied ? words.copied : ''}
      </p>
    </section>
  )
}
