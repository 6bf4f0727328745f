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
} from 'lucide-react'
import { LookTag, type Look } from '@/components/ui/look-tag'
import type { ReissueState, RowState } from '@/lib/reissues/answers'
import { words } from './words'

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
  return <LookTag {...RUN[state]}>{words.states[state]}</LookTag>
}

export function RowTag({ state }: { state: RowState }) {
  return <LookTag {...ROW[state]}>{words.rows.states[state]}</LookTag>
}
