/** The top of a page: where one is, its title, one line below, and room at the end for what belongs to it. */
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { words } from '@/components/words'

export interface Crumb {
  label: ReactNode
  /** Names the step when the label is not text. */
  key: string
  href?: string
}

interface PageHeadingProps {
  crumbs?: Crumb[]
  title: ReactNode
  tag?: ReactNode
  lead?: ReactNode
  aside?: ReactNode
}

export function PageHeading({ crumbs = [], title, tag, lead, aside }: PageHeadingProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-full flex-[1_1_26rem]">
        {crumbs.length > 0 && (
          <nav aria-label={words.breadcrumb} className="mb-1">
            <ol className="flex flex-wrap items-center gap-x-1.5 text-xs text-ink-3">
              {crumbs.map(({ label, key, href }, index) => (
                <li key={key} className="flex items-center gap-x-1.5">
                  {index > 0 && (
                    <span aria-hidden className="rtl:-scale-x-100">
                      ›
                    </span>
                  )}
                  {href ? (
                    <Link href={href} className="inline-block py-0.5 hover:text-act hover:underline">
                      {label}
                    </Link>
                  ) : (
                    <span className="py-0.5">{label}</span>
                  )}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 wrap-anywhere">{title}</h1>
          {tag}
        </div>
        {lead && <div className="mt-1 text-[0.9375rem] text-ink-2">{lead}</div>}
      </div>
      {aside}
    </div>
  )
}
