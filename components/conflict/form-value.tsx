'use client'
/** A value as a form holds it, shown as a person reads it. */
import { storedValue } from '@/components/certificate-form/values'
import { shownValue } from '@/components/display'
import { Marked } from '@/components/marked'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import type { Field } from '@/lib/certificate-types/type'
import { markChanges } from '@/lib/certificates/diff'
import { conflictWords } from './words'

interface FormValueProps {
  field: Field
  value: unknown
  /** The value that it is compared with: what was added to it is marked. */
  before?: unknown
}

export function FormValue({ field, value, before }: FormValueProps) {
  const { timeZone } = usePlace()
  const text = (one: unknown) => {
    const stored = storedValue(field, one, timeZone)
    return shownValue(field, Array.isArray(stored) ? stored.join(', ') : String(stored ?? ''), timeZone)
  }
  const shown = text(value)
  const ltr = field.ltr || field.kind === 'date' || field.kind === 'instant'
  if (shown === '') return <span className="text-ink-3">{conflictWords.empty}</span>
  if (before === undefined) return <Value ltr={ltr}>{shown}</Value>
  if (text(before) === shown) return <span className="text-ink-3">{conflictWords.same}</span>
  return <Marked segments={markChanges(text(before), shown).after} as="ins" ltr={ltr} />
}
