/** How a request stands, as a word with an icon. */
import {
  Ban,
  CircleCheck,
  CircleX,
  Hourglass,
  LoaderCircle,
  MessageCircleQuestionMark,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import type { ApprovalView, RequestState } from '@/lib/approvals/answers'
import { words } from './words'

interface Look {
  icon: LucideIcon
  colours: string
}

const LOOK: Record<RequestState, Look> = {
  queued: { icon: Hourglass, colours: 'bg-act-soft text-act' },
  'in-review': { icon: Hourglass, colours: 'bg-act-soft text-act' },
  'waiting-for-information': { icon: MessageCircleQuestionMark, colours: 'bg-warn-soft text-warn' },
  accepted: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  'amendment-completed': { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  denied: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
  'requester-cancelled': { icon: Ban, colours: 'bg-mute-soft text-mute' },
}

export function RequestTag({ request }: { request: Pick<ApprovalView, 'state' | 'conflict' | 'failure'> }) {
  const { icon: Icon, colours, label } = lookOf(request)
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {label}
    </span>
  )
}

function lookOf({ state, conflict, failure }: Pick<ApprovalView, 'state' | 'conflict' | 'failure'>) {
  const warning = { icon: TriangleAlert, colours: 'bg-warn-soft text-warn' }
  if (failure) return { ...warning, label: words.notIssued }
  if (conflict && state === 'waiting-for-information') return { ...warning, label: words.changed }
  return { ...LOOK[state], label: words.states[state] }
}
