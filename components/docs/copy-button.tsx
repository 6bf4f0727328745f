'use client'
/** Copies a text and says so. */
import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { words } from './words'

interface CopyButtonProps {
  text: string | (() => string)
  /** What is read out; the label itself without it. */
  name?: string
  /** Without it: a small button that is only an icon. */
  children?: ReactNode
  className?: string
}

const SMALL =
  'inline-grid size-9 place-items-center rounded-control text-ink-3 hover:bg-act-soft hover:text-act focus-visible:text-act'

export function CopyButton({ text, name, children, className = children ? '' : SMALL }: CopyButtonProps) {
  const [said, setSaid] = useState('')
  const Icon = said === words.copied ? Check : Copy
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text)
      setSaid(words.copied)
    } catch {
      // The clipboard exists only on secure origins, and only when the person allows it.
      setSaid(words.copyFailed)
    }
  }
  return (
    <>
      <button
        type="button"
        aria-label={name ?? (children ? undefined : words.copy)}
        title={children ? undefined : (name ?? words.copy)}
        data-screen-only
        className={className}
        onClick={() => void copy()}
        onBlur={() => setSaid('')}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        {children && (said === words.copied ? words.copied : children)}
      </button>
      <span role="status" className={said === words.copyFailed ? 'text-sm text-stop' : 'sr-only'}>
        {said}
      </span>
    </>
  )
}
