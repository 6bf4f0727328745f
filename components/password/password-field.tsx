/** One password to type, with what is wrong about it. */
import type { FormProblem } from '@/components/ui/error-summary'

interface PasswordFieldProps {
  id: string
  label: string
  hint?: string
  autoComplete: 'current-password' | 'new-password'
  shown: boolean
  problems: FormProblem[]
}

export function PasswordField({ id, label, hint, autoComplete, shown, problems }: PasswordFieldProps) {
  const problem = problems.find(({ target }) => target === id)
  const described = [hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className="mt-5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-error`} className="mt-1 text-sm font-semibold text-stop">
          {problem.message}
        </p>
      )}
      <input
        id={id}
        name={id}
        type={shown ? 'text' : 'password'}
        dir="ltr"
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={described}
        aria-invalid={problem ? true : undefined}
        className={`mt-1.5 min-h-12 w-full rounded-control border bg-sheet px-3.5 ${problem ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
