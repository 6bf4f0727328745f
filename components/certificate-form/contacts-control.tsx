'use client'
/** Phone numbers and e-mail addresses, one to a line. */
import { Plus, X } from 'lucide-react'
import { asContact, withoutScheme } from '@/components/display'
import { words } from '@/components/words'
import { boxClass, type ControlProps } from './controls'

interface ContactsControlProps extends ControlProps<string[]> {
  label: string
  /** The contacts of the certificate: a number keeps the way it was written there. */
  before: string[]
}

export function ContactsControl({
  id,
  value,
  onChange,
  label,
  before,
  describedBy,
  invalid,
  changed,
}: ContactsControlProps) {
  const set = (index: number, text: string) =>
    onChange(value.map((contact, at) => (at === index ? asContact(text, before[index]) : contact)))
  return (
    <div className="space-y-2">
      {value.map((contact, index) => (
        <div key={index} className="relative">
          <input
            id={index === 0 ? id : `${id}-${index}`}
            dir="ltr"
            autoComplete="off"
            aria-label={value.length > 1 ? words.correct.contactNumber(label, index + 1) : label}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            value={withoutScheme(contact)}
            onChange={(event) => set(index, event.target.value)}
            className={`numbers ${boxClass({ invalid, changed: changed && contact !== (before[index] ?? '') })} pe-10`}
          />
          {value.length > 1 && (
            <button
              type="button"
              aria-label={words.correct.removeContact(withoutScheme(contact) || String(index + 1))}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
              className="absolute end-1 top-1 grid size-8 place-items-center rounded-control text-ink-3 hover:bg-act-soft hover:text-act"
            >
              <X aria-hidden className="size-4" />
            </button>
          )}
        </div>
      ))}
      {value.length < 5 && (
        <button
          type="button"
          onClick={() => onChange([...value, ''])}
          className="link inline-flex min-h-6 items-center gap-1 text-xs"
        >
          <Plus aria-hidden className="size-3.5" />
          {words.correct.addContact}
        </button>
      )}
    </div>
  )
}
