/** A sentence about what happened, with what to do next. Always an icon and words, never colour alone. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type NoticeKind = 'info' | 'ok' | 'warn' | 'stop'

const LOOK: Record<NoticeKind, { icon: LucideIcon; ground: string; ink: string }> = {
  info: { icon: Info, ground: 'bg-act-soft', ink: 'text-act' },
  ok: { icon: CircleCheck, ground: 'bg-ok-soft', ink: 'text-ok' },
  warn: { icon: TriangleAlert, ground: 'bg-warn-soft', ink: 'text-warn' },
  stop: { icon: CircleAlert, ground: 'bg-stop-soft', ink: 'text-stop' },
}

interface NoticeProps {
  kind: NoticeKind
  /** The sentence in bold. */
  title?: ReactNode
  children?: ReactNode
  /** "alert" interrupts, "status" waits; none = it was there when the page came. */
  live?: 'alert' | 'status'
  className?: string
}

export function Notice({ kind, title, children, live, className = '' }: NoticeProps) {
  const { icon: Icon, ground, ink } = LOOK[kind]
  return (
    <div role={live} className={`flex gap-3 rounded-sheet px-4 py-3 ${ground} ${className}`}>
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1 text-[0.9375rem]">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
