/** A fact about somebody that a list must not hide, as a word with an icon. */
import {
  Ban,
  FlaskConical,
  KeyRound,
  LogIn,
  PenLine,
  ScrollText,
  ShieldCheck,
  UserCheck,
  type LucideIcon,
} from 'lucide-react'
import type { Role } from '@/lib/people/answers'

const LOOK: Record<Role | 'disabled' | 'oneTime' | 'sandbox' | 'service', { icon: LucideIcon; colours: string }> = {
  operator: { icon: PenLine, colours: 'bg-mute-soft text-mute' },
  supervisor: { icon: UserCheck, colours: 'bg-act-soft text-act' },
  auditor: { icon: ScrollText, colours: 'bg-act-soft text-act' },
  administrator: { icon: ShieldCheck, colours: 'bg-act-soft text-act' },
  disabled: { icon: Ban, colours: 'bg-stop-soft text-stop' },
  oneTime: { icon: KeyRound, colours: 'bg-warn-soft text-warn' },
  service: { icon: LogIn, colours: 'bg-mute-soft text-mute' },
  sandbox: { icon: FlaskConical, colours: 'bg-mute-soft text-mute' },
}

export function Flag({ kind, children }: { kind: keyof typeof LOOK; children: string }) {
  const { icon: Icon, colours } = LOOK[kind]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  )
}
