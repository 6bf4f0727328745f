'use client'
/** The last digits of the number, typed: a confirmation that nobody gives without looking. */
import type { FormProblem } from '@/components/ui/error-summary'
import { words } from './words'

interface ConfirmationProps {
  lastDigits: string
  typed: string
  onType: (typed: string) => void
  problems: FormProblem[]
}

export function Confirmation({ lastDigits, typed, onType, problems }: ConfirmationProps) {
  const wrong = problems.find(({ target }) => target === 'validity-confirm')?.message
  return (
    <div>
      <label htmlFor="validity-confirm" className="block font-semibold">
        {words.confirm(lastDigits)}
      </label>
      <p id="validity-confirm-hint" className="text-sm text-ink-3">
        {words.confirmHint}
      </p>
      {wrong && (
        <p id="validity-confirm-error" className="mt-1 text-sm font-semibold text-stop">
          {wrong}
        </p>
      )}
      <input
        id="validity-confirm"
        type="text"
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.target.value)}
        aria-describedby={wrong ? 'validity-confirm-hint validity-confirm-error' : 'validity-confirm-hint'}
        aria-invalid={wrong ? true : undefined}
        className={`numbers mt-1.5 min-h-11 w-32 rounded-control border bg-sheet px-3.5 ${wrong ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
