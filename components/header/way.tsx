/** One of the ways in the navigation, and how much waits there. */

export interface Way {
  href: string
  label: string
  count: number
  /** What the count is about. */
  note: string
}

export function Count({ way }: { way: Way }) {
  if (way.count === 0) return null
  return (
    <>
      <span
        aria-hidden
        className="numbers grid h-5 min-w-5 place-items-center rounded-full bg-mute-soft px-1.5 text-xs font-semibold text-ink-2"
      >
        {way.count > 99 ? '99+' : way.count}
      </span>
      <span className="sr-only">, {way.note}</span>
    </>
  )
}
