/** A heading with its anchor: the link to it is there for whoever wants to pass it on. */
import { Link2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { words } from './words'

interface HeadingProps {
  level: 2 | 3
  /** Anchor of the part around it. */
  anchor: string
  title: string
  children?: ReactNode
}

const LOOK = {
  2: 'font-serif text-[1.625rem] leading-8 tracking-[-0.01em]',
  3: 'text-xl leading-7 font-semibold',
}

export function Heading({ level, anchor, title, children }: HeadingProps) {
  const Tag = `h${level}` as const
  return (
    <div className="group flex flex-wrap items-center gap-x-3 gap-y-1">
      <Tag tabIndex={-1} className={`${LOOK[level]} min-w-0 wrap-anywhere focus-visible:shadow-none`}>
        {title}
      </Tag>
      {children}
      <a
        href={`#${anchor}`}
        data-screen-only
        aria-label={words.linkTo(title)}
        className="grid size-8 place-items-center rounded-control text-ink-3 opacity-0 group-hover:opacity-100 hover:text-act focus-visible:opacity-100 pointer-coarse:opacity-100"
      >
        <Link2 aria-hidden className="size-4" />
      </a>
    </div>
  )
}
