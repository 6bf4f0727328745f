/** A small button with a picture; its name is read aloud and shown on pointing. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon
  label: string
  /** For a button that opens something below it. */
  expanded?: boolean
}

export function IconButton({ icon: Icon, label, expanded, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      {...rest}
      className="grid size-11 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act disabled:opacity-40 disabled:hover:bg-transparent disabled:hover:text-ink-2 aria-expanded:bg-act-soft aria-expanded:text-act"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
