/** How a run or one of its rows stands, as a word with an icon. */
import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleX,
  Equal,
  Hourglass,
  ListChecks,
  LoaderCircle,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react'
import type { BulkRow, BulkRowState, BulkState } from '@/lib/bulk/answers'
import { words } from './words'

interface Look {
  icon: LucideIcon
  colours: string
}

const [ACT, OK, WARN, STOP, MUTE] = [
  'bg-act-soft text-act',
  'bg-ok-soft text-ok',
  'bg-warn-soft text-warn',
  'bg-stop-soft text-stop',
  'bg-mute-soft text-mute',
]

const RUN: Record<BulkState, Look> = {
  checking: { icon: LoaderCircle, colours: ACT },
  checked: { icon: ListChecks, colours: ACT },
  proposed: { icon: UserRoundCheck, colours: WARN },
  running: { icon: LoaderCircle, colours: ACT },
  stopped: { icon: CirclePause, colours: WARN },
  done: { icon: CircleCheck, colours: OK },
  cancelled: { icon: Ban, colours: MUTE },
}

const ROW: Record<BulkRowState, Look> = {
  unchecked: { icon: Hourglass, colours: MUTE },
  ready: { icon: ListChecks, colours: ACT },
  unchanged: { icon: Equal, colours: MUTE },
  waiting: { icon: Hourglass, colours: ACT },
  done: { icon: CircleCheck, colours: OK },
  requested: { icon: UserRoundCheck, colours: WARN },
  refused: { icon: CircleX, colours: STOP },
}

export function BulkTag({ state, label }: { state: BulkState; label?: string }) {
  return <Tag {...RUN[state]}>{label ?? words.states[state]}</Tag>
}

export function RowTag({ row: { state, issue } }: { row: Pick<BulkRow, 'state' | 'issue'> }) {
  if (state === 'done' && issue === 'failed') return <Tag {...ROW.refused}>{words.list.failed}</Tag>
  if (state === 'done' && issue === 'pending') return <Tag {...ROW.waiting}>{words.list.issuing}</Tag>
  return <Tag {...ROW[state]}>{words.list.states[state]}</Tag>
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
