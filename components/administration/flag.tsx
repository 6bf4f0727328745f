/** A fact about somebody that a list must not hide, as a word with an icon. */
import {
  Ban,
  CircleCheck,
  CircleX,
  FlaskConical,
  KeyRound,
  LogIn,
  PenLine,
  ScrollText,
  ShieldCheck,
  TriangleAlert,
  UserCheck,
  type LucideIcon,
} from 'lucide-react'
import type { Role } from '@/lib/people/answers'

type Fact = Role | 'disabled' | 'oneTime' | 'sandbox' | 'service' | 'stopped' | 'failing' | 'arrives'

const LOOK: Record<Fact, { icon: LucideIcon; colours: string }> = {
  operator: { icon: PenLine, colours: 'bg-mute-soft text-mute' },
  supervisor: { icon: UserCheck, colours: 'bg-act-soft text-act' },
  auditor: { icon: ScrollText, colours: 'bg-act-soft text-act' },
  administrator: { icon: ShieldCheck, colours: 'bg-act-soft text-act' },
  disabled: { icon: Ban, colours: 'bg-stop-soft text-stop' },
  oneTime: { icon: KeyRound, colours: 'bg-warn-soft text-warn' },
  service: { icon: LogIn, colours: 'bg-mute-soft text-mute' },
  sandbox: { icon: FlaskConical, colours: 'bg-mute-soft text-mute' },
  stopped: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
  failing: { icon: TriangleAlert, colours: 'bg-warn-soft text-warn' },
  arrives: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
}

export function Flag({ kind, children }: { kind: Fact; children: string }) {
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
