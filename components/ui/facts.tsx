/** Short facts side by side, with a dot between two of them that never stands at the start or end of a line. */
import type { ReactNode } from 'react'

/** `children`: one element for each fact (a span, a link); what is falsy leaves no gap. */
export function Facts({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <p className={`facts ${className}`}>{children}</p>
}
