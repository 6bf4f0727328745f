/** All of a list, or those in one state, each with how many there are. */
import { withCommas } from '@/components/with-commas'

interface StateFiltersProps<State extends string> {
  /** What the choice is about, for screen readers. */
  label: string
  /** null: all. */
  choices: readonly { state: State | null; label: string; n: number }[]
  only: State | null
  onOnly: (state: State | null) => void
}

export function StateFilters<State extends string>({ label: about, choices, only, onOnly }: StateFiltersProps<State>) {
  return (
    <div role="group" aria-label={about} className="mt-3 flex flex-wrap gap-2">
      {choices.map(({ state, label, n }) => (
        <button
          key={label}
          type="button"
          aria-pressed={only === state}
          onClick={() => onOnly(state)}
          className={`numbers inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold ${
            only === state ? 'border-act bg-act-soft text-act' : 'border-edge bg-sheet text-ink-2 hover:border-act'
          }`}
        >
          {label} <span className="font-normal">{withCommas(n)}</span>
        </button>
      ))}
    </div>
  )
}
