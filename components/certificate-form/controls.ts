/** What the controls of the form have in common. */

export interface ControlProps<T> {
  id: string
  value: T
  onChange: (value: T) => void
  /** aria-describedby of the control. */
  describedBy: string | undefined
  invalid: boolean
  changed: boolean
}

/** The box around what is typed: red when wrong, the correction ink when changed. */
export function boxClass({ invalid, changed }: { invalid: boolean; changed: boolean }): string {
  const look = invalid ? 'border-stop bg-sheet' : changed ? 'border-mend bg-mend-soft' : 'border-edge bg-sheet'
  return `min-h-10 w-full rounded-control border px-3 text-[0.9375rem] ${look}`
}
