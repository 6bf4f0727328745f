'use client'
/** The controls of the administration's forms, each with its label, hint and what is wrong with it. */
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FormProblem } from '@/components/ui/error-summary'

interface Labelled {
  id: string
  label: string
  hint?: string
  problems: FormProblem[]
}

interface TextFieldProps extends Labelled {
  value: string
  onChange: (value: string) => void
  /** Codes and numbers. */
  ltr?: boolean
  numeric?: boolean
  lines?: number
  autoComplete?: string
}

export function TextField({ value, onChange, ltr, numeric, lines, autoComplete = 'off', ...labelled }: TextFieldProps) {
  const { id, problems } = labelled
  const wrong = problems.some(({ target }) => target === id)
  const common = {
    id,
    value,
    dir: ltr ? 'ltr' : 'auto',
    autoComplete,
    autoCapitalize: ltr ? 'none' : undefined,
    spellCheck: false,
    'aria-describedby': describedBy(labelled),
    'aria-invalid': wrong || undefined,
    className: `mt-1.5 w-full rounded-control border bg-sheet px-3.5 ${lines ? 'py-2.5' : 'min-h-11'} ${wrong ? 'border-stop' : 'border-edge'}`,
  } as const
  return (
    <div>
      <FieldLabel {...labelled} />
      {lines ? (
        <textarea {...common} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type="text"
          inputMode={numeric ? 'numeric' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  )
}

/** Label, hint and problem above a control. */
export function FieldLabel({ id, label, hint, problems }: Labelled) {
  return (
    <>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
      <Wrong id={id} problems={problems} />
    </>
  )
}

/** What is wrong with one field, beside it. */
export function Wrong({ id, problems }: { id: string; problems: FormProblem[] }) {
  const problem = problems.find(({ target }) => target === id)
  if (!problem) return null
  return (
    <p id={`${id}-error`} className="mt-1 text-sm font-semibold text-stop">
      {problem.message}
    </p>
  )
}

/** The ids that describe a control. */
export function describedBy({ id, hint, problems }: Labelled): string | undefined {
  const ids = [hint && `${id}-hint`, problems.some(({ target }) => target === id) && `${id}-error`].filter(Boolean)
  return ids.join(' ') || undefined
}

interface TickProps {
  id: string
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

export function Tick({ id, label, hint, checked, onChange }: TickProps) {
  return (
    <label className="flex min-h-11 items-start gap-3 py-1.5">
      <span className="relative mt-0.5 grid size-[1.375rem] shrink-0 place-items-center">
        <input
          id={id}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="peer absolute inset-0 appearance-none rounded-[5px] border-2 border-act bg-sheet checked:bg-act"
        />
        <Check
          aria-hidden
          strokeWidth={3.5}
          className="pointer-events-none relative hidden size-3.5 text-on-act peer-checked:block"
        />
      </span>
      <span>
        <span className="font-semibold">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-sm text-ink-3">
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}

interface ChoicesProps<T extends string> {
  legend: string
  name: string
  value: T
  onChange: (value: T) => void
  options: { value: T; label: string; hint?: string; more?: ReactNode }[]
}

/** One of a few, all in sight. `more` stands below the option while it is chosen. */
export function Choices<T extends string>({ legend, name, value, onChange, options }: ChoicesProps<T>) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{legend}</legend>
      <div className="mt-1">
        {options.map((option) => (
          <div key={option.value}>
            <label className="flex min-h-11 items-start gap-3 py-1.5">
              <input
                type="radio"
                name={name}
                checked={value === option.value}
                onChange={() => onChange(option.value)}
                aria-describedby={option.hint ? `${name}-${option.value}-hint` : undefined}
                className="mt-0.5 grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-full border-2 border-act bg-sheet before:size-2.5 before:rounded-full checked:before:bg-act"
              />
              <span>
                {option.label}
                {option.hint && (
                  <span id={`${name}-${option.value}-hint`} className="block text-sm text-ink-3">
                    {option.hint}
                  </span>
                )}
              </span>
            </label>
            {value === option.value && option.more && <div className="ms-[2.125rem] mb-2">{option.more}</div>}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
