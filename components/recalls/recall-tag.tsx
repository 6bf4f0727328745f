/** How a recall or one of its certificates stands, as a word with an icon. */
import { Ban, CircleCheck, CirclePause, CircleX, Hourglass, LoaderCircle, UserRoundCheck } from 'lucide-react'
import { LookTag, type Look } from '@/components/ui/look-tag'
import type { RecallState, RowState } from '@/lib/recalls/answers'
import { words } from './words'

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
  return <LookTag {...RECALL[state]}>{label ?? words.states[state]}</LookTag>
}

export function RowTag({ state }: { state: RowState }) {
  return <LookTag {...ROW[state]}>{words.rows.states[state]}</LookTag>
}
