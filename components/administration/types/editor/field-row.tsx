'use client'
/** One field in the list: what it is at a glance; open, everything that can be said of it. */
import { ArrowDown, ArrowUp, ChevronDown, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Facts } from '@/components/ui/facts'
import { firstPlaces } from '@/lib/certificate-types/change-credential'
import { isVerified } from '@/lib/certificate-types/change-fields'
import type { DraftField, DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import type { Changing } from './changing'
import { FieldEditor } from './field-editor'
import { IconButton } from './icon-button'
import { fieldOf } from './place-of'

interface FieldRowProps {
  type: DraftType
  field: DraftField
  pointer: string
  /** Within the section. */
  place: { at: number; of: number }
  changing: Changing
  open: boolean
  setOpen: (path: string | null) => void
  say: (sentence: string) => void
}

export function FieldRow({ type, field, pointer, place, changing, open, setOpen, say }: FieldRowProps) {
  const { path, label } = field
  const [question, setQuestion] = useState<Question | null>(null)
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const problems = changing.errors.filter(
    (error) => error.path === pointer || error.path.startsWith(`${pointer}/`) || fieldOf(error.path, type) === path,
  )
  const move = (by: -1 | 1) => {
    changing.change({ do: 'moveField', path, by })
    const at = Math.min(place.of, Math.max(1, place.at + 1 + by))
    say(words.fields.moved(label, at, place.of))
    keepFocus(`row-${path}`)
  }
  const byKey = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined
    if (by === undefined) return
    event.preventDefault()
    move(by)
  }
  const remove = () =>
    setQuestion({
      title: words.fields.removeTitle(label),
      body: words.fields.removeBody,
      action: words.fields.removeShort,
      onConfirm: () => {
        changing.change({ do: 'dropField', path })
        say(words.fields.removed(label))
      },
    })
  return (
    <li ref={row}>
      <div className="flex flex-wrap items-center gap-x-1 py-1 ps-5 pe-2" onKeyDown={byKey}>
        <button
          type="button"
          id={`row-${path}`}
          aria-expanded={open}
          aria-label={words.fields.edit(label)}
          aria-describedby={`facts-${path}`}
          onClick={() => setOpen(open ? null : path)}
          className="flex min-h-11 min-w-0 flex-[1_1_8rem] items-center gap-2 text-start hover:text-act"
        >
          <ChevronDown
            aria-hidden
            className={`size-4 shrink-0 text-ink-3 transition-transform ${open ? 'rotate-180' : ''}`}
          />
          <span className="min-w-0">
            <bdi className="font-semibold">{label || path}</bdi>
            {problems.length > 0 && (
              <span className="ms-2 rounded-full bg-stop-soft px-2 py-0.5 text-xs font-semibold text-stop">
                {words.fields.wrong(problems.length)}
              </span>
            )}
          </span>
        </button>
        <span className="ms-auto flex">
          <IconButton
            icon={ArrowUp}
            label={words.fields.up(label)}
            disabled={place.at === 0}
            onClick={() => move(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={words.fields.down(label)}
            disabled={place.at === place.of - 1}
            onClick={() => move(1)}
          />
          <IconButton icon={Trash2} label={words.fields.remove(label)} onClick={remove} />
        </span>
        <div id={`facts-${path}`} className="-mt-1 basis-full ps-6 pb-1.5">
          <Facts className="text-xs text-ink-3">
            {factsOf(type, field).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </Facts>
        </div>
      </div>
      {open && <FieldEditor type={type} field={field} problems={problems} changing={changing} />}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </li>
  )
}

/** What moves on the page loses the focus in some browsers, and an arrow at the end of the list can have none. */
function keepFocus(otherwise: string): void {
  const before = document.activeElement
  requestAnimationFrame(() => {
    const there = before instanceof HTMLElement && before.isConnected && !before.matches(':disabled')
    ;(there ? before : document.getElementById(otherwise))?.focus()
  })
}

function factsOf(type: DraftType, field: DraftField): string[] {
  const { flags } = words.fields
  const { required, masked, locked, printed, kind, path } = field
  return [
    words.kinds[kind] ?? kind,
    required === true && flags.required,
    masked === true && flags.masked,
    locked !== undefined && flags.locked,
    printed === true && flags.printed,
    firstPlaces(type, path).certifyV3 !== undefined && flags.signed,
    isVerified(type, path) && flags.verified,
  ].filter((fact) => fact !== false)
}
