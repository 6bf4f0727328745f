/** A cell that says on a phone, where the heads of the columns are gone, which one it is. */
import type { ReactNode } from 'react'

export function TableCell({ head, children }: { head: string; children: ReactNode }) {
  return (
    <td className="px-5 py-3 max-sm:flex max-sm:gap-3 max-sm:py-1">
      <span aria-hidden className="w-28 shrink-0 text-xs leading-6 text-ink-3 sm:hidden">
        {head}
      </span>
      <div className="min-w-0">{children}</div>
    </td>
  )
}

/** The heads of the columns; on phones for screen readers alone. */
export function TableHeads({ heads }: { heads: string[] }) {
  return (
    <thead className="max-sm:sr-only">
      <tr className="border-b border-line text-xs text-ink-3">
        {heads.map((head) => (
          <th key={head} scope="col" className="px-5 py-2 text-start font-semibold">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  )
}
