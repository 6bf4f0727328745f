'use client'
/** One of a few, each large enough for a finger. */

interface ChoicesProps<V extends string> {
  legend: string
  name: string
  value: V
  onChoose: (value: V) => void
  choices: { value: V; label: string; hint?: string }[]
}

export function Choices<V extends string>({ legend, name, value, onChoose, choices }: ChoicesProps<V>) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{legend}</legend>
      <div className="mt-1.5 grid gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-11 items-start gap-3 rounded-control border border-edge px-3 py-2 hover:border-act has-checked:border-act has-checked:bg-act-soft"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
              className="mt-1 size-4 shrink-0 accent-act"
            />
            <span className="min-w-0">
              {choice.label}
              {choice.hint && <span className="block text-xs text-ink-2">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
