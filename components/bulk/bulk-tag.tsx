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
} from 'lucide-react'
import { LookTag, type Look } from '@/components/ui/look-tag'
import type { BulkRow, BulkRowState, BulkState } from '@/lib/bulk/answers'
import { words } from './words'

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
  return <LookTag {...RUN[state]}>{label ?? words.states[state]}</LookTag>
}

export function RowTag({ row: { state, issue } }: { row: Pick<BulkRow, 'state' | 'issue'> }) {
  if (state === 'done' && issue === 'failed') return <LookTag {...ROW.refused}>{words.list.failed}</LookTag>
  if (state === 'done' && issue === 'pending') return <LookTag {...ROW.waiting}>{words.list.issuing}</LookTag>
  return <LookTag {...ROW[state]}>{words.list.states[state]}</LookTag>
}
