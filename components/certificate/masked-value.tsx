'use client'
/** A value that is hidden from people: dots until somebody gives a reason to see it. */
import { useState } from 'react'
import { shownValue } from '@/components/display'
import { revealedText, useHiddenValues } from '@/components/openings/hidden-values'
import { usePlace } from '@/components/place'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'
import type { Field } from '@/lib/certificate-types/type'

/** `text`: as the registry answers it, with markers. */
export function MaskedValue({ field, text }: { field: Field; text: string }) {
  const { timeZone } = usePlace()
  const { values, ask } = useHiddenValues()
  const [wanted, setWanted] = useState(false)
  const known = revealedText(text, values)
  const open = wanted && known !== null
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      <span className="numbers">
        <Value ltr>{shownValue(field, open ? known : text, timeZone)}</Value>
      </span>
      {ask && (
        <button
          type="button"
          aria-pressed={open}
          aria-label={open ? words.record.hideField(field.label) : words.record.revealField(field.label)}
          className="link min-h-6 text-sm"
          onClick={() => (open ? setWanted(false) : known === null ? ask(() => setWanted(true)) : setWanted(true))}
        >
          {open ? words.record.hide : words.record.reveal}
        </button>
      )}
    </span>
  )
}
