'use client'
/** A field of the holder's page: label, hint, problem and control, tied together for screen readers. */
import type { InputHTMLAttributes } from 'react'
import { FieldProblem } from './problem-list'

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id'> {
  id: string
  label: string
  hint?: string
  problem?: string
  onChange: (value: string) => void
}

export const CONTROL =
  'min-h-12 rounded-control border border-edge bg-sheet px-3 text-lg text-ink aria-invalid:border-2 aria-invalid:border-stop'

export function TextField({ id, label, hint, problem, onChange, className = '', ...rest }: TextFieldProps) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-2">
          {hint}
        </p>
      )}
      <FieldProblem id={`${id}-problem`} message={problem} />
      <input
        type="text"
        {...rest}
        id={id}
        aria-describedby={described || undefined}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={`mt-1 block ${CONTROL} ${className}`}
      />
    </div>
  )
}
