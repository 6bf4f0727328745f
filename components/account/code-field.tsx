/** A code to type, with what is wrong about it. */
import type { FormProblem } from '@/components/ui/error-summary'

interface CodeFieldProps {
  id: string
  label: string
  problems: FormProblem[]
  /** Digits alone. */
  numeric?: boolean
}

export function CodeField({ id, label, problems, numeric = false }: CodeFieldProps) {
  const problem = problems.find(({ target }) => target === id)
  return (
    <div className="mt-5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {problem && (
        <p id={`${id}-error`} className="mt-1 text-sm font-semibold text-stop">
          {problem.message}
        </p>
      )}
      <input
        id={id}
        name={id}
        dir="ltr"
        inputMode={numeric ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={problem ? `${id}-error` : undefined}
        aria-invalid={problem ? true : undefined}
        className={`numbers mt-1.5 min-h-12 w-full max-w-64 rounded-control border bg-sheet px-3.5 font-mono text-lg tracking-wider ${problem ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
