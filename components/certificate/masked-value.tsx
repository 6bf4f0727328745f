'use client'
/** A value shown as dots until somebody asks for it. */
import { useState } from 'react'
import { masked } from '@/components/display'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'

export function MaskedValue({ label, value }: { label: string; value: string }) {
  const [open, setOpen] = useState(false)
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      <span className="numbers">
        <Value ltr>{open ? value : masked(value)}</Value>
      </span>
      <button
        type="button"
        aria-pressed={open}
        aria-label={open ? words.record.hideField(label) : words.record.revealField(label)}
        className="link min-h-6 text-sm"
        onClick={() => setOpen(!open)}
      >
        {open ? words.record.hide : words.record.reveal}
      </button>
    </span>
  )
}
