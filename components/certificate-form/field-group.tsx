'use client'
/** Fields that belong together (an address): one line until somebody wants to change it. */
import { ChevronDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'

interface FieldGroupProps {
  id: string
  title: string
  /** The values that are there, in the order of the form. */
  values: string[]
  /** Something inside was changed or is wrong: then it stays open. */
  needed: boolean
  openFirst: boolean
  /** Said while it is closed: inside, each field says its own. */
  note?: string
  children: ReactNode
}

export function FieldGroup({ id, title, values, needed, openFirst, note, children }: FieldGroupProps) {
  const [wanted, setWanted] = useState(openFirst)
  const open = wanted || needed
  return (
    <div role="group" aria-labelledby={`${id}-title`} className="col-span-2 mb-4">
      <div className="mb-1 flex min-h-6 items-baseline justify-between gap-3">
        <span id={`${id}-title`} className="text-sm font-semibold">
          {title}
          <span className="font-normal text-ink-3"> · {words.correct.optional}</span>
        </span>
      </div>
      <button
        type="button"
        id={id}
        aria-expanded={open}
        aria-controls={`${id}-fields`}
        disabled={needed}
        onClick={() => setWanted(!open)}
        className="flex min-h-10 w-full items-center gap-3 rounded-control border border-line-strong bg-sheet px-3 py-1.5 text-start text-[0.9375rem] enabled:hover:border-act"
      >
        <span className="min-w-0 flex-1">
          {values.length === 0 ? (
            <span className="text-ink-3">{words.record.notGiven}</span>
          ) : (
            values.map((value, index) => (
              <span key={index}>
                {index > 0 && <span className="text-ink-3">, </span>}
                <Value>{value}</Value>
              </span>
            ))
          )}
        </span>
        <span className="flex items-center gap-1 text-xs text-act">
          <span className={needed ? 'sr-only' : ''}>
            {open ? words.correct.closeGroup : values.length === 0 ? words.record.add : words.record.change}
            <span className="sr-only"> {title}</span>
          </span>
          <ChevronDown aria-hidden className={`size-4 ${open ? 'rotate-180' : ''} ${needed ? 'opacity-40' : ''}`} />
        </span>
      </button>
      {!open && note && <p className="mt-1 text-xs text-ink-2">{note}</p>}
      {open && (
        <div id={`${id}-fields`} className="mt-3 grid grid-cols-2 gap-x-5 rounded-sheet bg-paper px-4 pt-4 sm:ps-5">
          {children}
        </div>
      )}
    </div>
  )
}
