/** How a recall or one of its certificates stands, as a word with an icon. */
import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleX,
  Hourglass,
  LoaderCircle,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react'
import type { RecallState, RowState } from '@/lib/recalls/answers'
import { words } from './words'

interface Look {
  icon: LucideIcon
  colours: string
}

const RECALL: Record<RecallState, Look> = {
  proposed: { icon: UserRoundCheck, colours: 'bg-warn-soft text-warn' },
  running: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  stopped: { icon: CirclePause, colours: 'bg-warn-soft text-warn' },
  done: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  cancelled: { icon: Ban, colours: 'bg-mute-soft text-mute' },
}

const ROW: Record<RowState, Look> = {
  proposed: { icon: Hourglass, colours: 'bg-mute-soft text-mute' },
  waiting: { icon: Hourglass, colours: 'bg-act-soft text-act' },
  done: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  refused: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
}

export function RecallTag({ state, label }: { state: RecallState; label?: string }) {
  return <Tag {...RECALL[state]}>{label ?? words.states[state]}</Tag>
}

export function RowTag({ state }: { state: RowState }) {
  return <Tag {...ROW[state]}>{words.rows.states[state]}</Tag>
}

function Tag({ icon: Icon, colours, children }: Look & { children: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  )
}
