/** One part of a page about somebody: its title, what it is about, what can be done. */
import type { ReactNode } from 'react'

export function Card({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: ReactNode
  children?: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="sheet px-5 py-6 sm:px-7">
      <h2 id={id} className="text-lg">
        {title}
      </h2>
      {lead && <p className="mt-1 text-[0.9375rem] text-ink-2">{lead}</p>}
      {children && <div className="mt-4">{children}</div>}
    </section>
  )
}
