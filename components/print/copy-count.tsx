'use client'
/** How many copies, from 1 to 20. */
import { Minus, Plus, type LucideIcon } from 'lucide-react'
import { printWords as words } from './words'

const MOST = 20

export function CopyCount({ copies, onChange }: { copies: number; onChange: (copies: number) => void }) {
  const set = (wanted: number) => onChange(Math.min(MOST, Math.max(1, Math.round(wanted) || 1)))
  return (
    <div>
      <label htmlFor="copies" className="block text-sm font-semibold">
        {words.copies}
      </label>
      <div className="mt-1.5 flex items-center gap-2">
        <Step icon={Minus} label={words.fewer} disabled={copies <= 1} onClick={() => set(copies - 1)} />
        <input
          id="copies"
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST}
          value={copies}
          onChange={(event) => set(event.target.valueAsNumber)}
          onFocus={(event) => event.target.select()}
          className="numbers min-h-11 w-16 rounded-control border border-edge bg-sheet text-center text-base [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
        />
        <Step icon={Plus} label={words.more} disabled={copies >= MOST} onClick={() => set(copies + 1)} />
      </div>
    </div>
  )
}

interface StepProps {
  icon: LucideIcon
  label: string
  disabled: boolean
  onClick: () => void
}

function Step({ icon: Icon, label, disabled, onClick }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-11 place-items-center rounded-control border border-edge bg-sheet enabled:hover:border-act enabled:hover:text-act disabled:opacity-50"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
