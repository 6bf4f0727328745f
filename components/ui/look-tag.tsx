/** How something stands, as a word with an icon in the colours of what it means. */
import type { LucideIcon } from 'lucide-react'

export interface Look {
  icon: LucideIcon
  colours: string
}

export function LookTag({ icon: Icon, colours, children }: Look & { children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  )
}
