/** How a re-issue, or one certificate of it, stands, as a word with an icon. */
import {
  CircleCheck,
  CircleMinus,
  CirclePause,
  CirclePlay,
  CircleStop,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react'
import type { ReissueState, RowState } from '@/lib/reissues/answers'
import { words } from './words'

interface Look {
  icon: LucideIcon
  colours: string
}

const RUN: Record<ReissueState, Look> = {
  checking: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  ready: { icon: CirclePlay, colours: 'bg-warn-soft text-warn' },
  running: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  paused: { icon: CirclePause, colours: 'bg-warn-soft text-warn' },
  stopped: { icon: CircleStop, colours: 'bg-mute-soft text-mute' },
  done: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
}

const ROW: Record<RowState, Look> = {
  unchecked: { icon: Hourglass, colours: 'bg-mute-soft text-mute' },
  waiting: { icon: Hourglass, colours: 'bg-act-soft text-act' },
  accepted: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  done: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  skipped: { icon: CircleMinus, colours: 'bg-mute-soft text-mute' },
  failed: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
}

export function ReissueTag({ state }: { state: ReissueState }) {
  return <Tag {...RUN[state]}>{words.states[state]}</Tag>
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
