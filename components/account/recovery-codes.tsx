'use client'
/** Recovery codes, shown this once: to be copied, saved or printed before one goes on. */
import { Check, Copy, Download, KeyRound, Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { words } from './words'

interface RecoveryCodesProps {
  codes: string[]
  username: string
  onDone: () => void
  /** Below that of a card, or of the page. */
  heading?: 'h2' | 'h3'
}

const text = words.codes

export function RecoveryCodes({ codes, username, onDone, heading: Heading = 'h3' }: RecoveryCodesProps) {
  const [copied, setCopied] = useState(false)
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  const asText = `${text.heading(username)}\n\n${codes.join('\n')}\n`
  const Icon = copied ? Check : Copy
  const save = () => {
    const address = URL.createObjectURL(new Blob([asText], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), { href: address, download: text.file }).click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <section ref={box} tabIndex={-1} aria-labelledby="codes-title" className="focus-visible:shadow-none">
      <Heading id="codes-title" className="flex items-center gap-2 text-base font-semibold">
        <KeyRound aria-hidden className="size-5 text-warn" />
        {text.shownTitle}
      </Heading>
      <p className="mt-1 text-[0.9375rem] text-ink-2">{text.shownLead}</p>
      <ol className="numbers mt-4 grid max-w-md gap-x-6 gap-y-1 sm:grid-cols-2 rounded-control border border-line-strong bg-paper px-4 py-3 font-mono text-lg">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap">
            <bdi dir="ltr">{code}</bdi>
          </li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap gap-3 print:hidden">
        <Button
          onClick={() => {
            // The clipboard exists only on secure origins.
            void navigator.clipboard?.writeText(asText).then(() => setCopied(true))
          }}
          onBlur={() => setCopied(false)}
        >
          <Icon aria-hidden className="size-4" />
          {copied ? text.copied : text.copy}
        </Button>
        <Button onClick={save}>
          <Download aria-hidden className="size-4" />
          {text.save}
        </Button>
        <Button onClick={() => print()}>
          <Printer aria-hidden className="size-4" />
          {text.print}
        </Button>
      </div>
      <p className="mt-4 text-sm font-semibold">{text.once}</p>
      <Button kind="main" className="mt-4 print:hidden" onClick={onDone}>
        {text.done}
      </Button>
      <p role="status" className="sr-only">
        {copied ? text.copied : ''}
      </p>
    </section>
  )
}
