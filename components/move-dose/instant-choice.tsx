'use client'
/** The instant at which it really was, where that tells the certificates of one code apart. */
import { DateControl } from '@/components/certificate-form/date-control'
import { moveWords } from './words'

interface InstantChoiceProps {
  /** "Sample taken" */
  label: string
  /** As typed, in local time. */
  value: string
  onChange: (value: string) => void
  wrong: boolean
}

export function InstantChoice({ label, value, onChange, wrong }: InstantChoiceProps) {
  const id = 'move-target'
  return (
    <div role="group" aria-labelledby={`${id}-label`} className="max-w-80">
      <p id={`${id}-label`} className="mb-1 text-sm font-semibold">
        {label}: {moveWords.instant.really.toLowerCase()}
      </p>
      {wrong && (
        <p id={`${id}-error`} className="mb-1 text-sm font-semibold text-stop">
          {moveWords.instant.missing}
        </p>
      )}
      <DateControl
        id={id}
        value={value}
        onChange={onChange}
        time
        labelledBy={`${id}-label`}
        describedBy={wrong ? `${id}-error` : undefined}
        invalid={wrong}
        changed={false}
      />
    </div>
  )
}
