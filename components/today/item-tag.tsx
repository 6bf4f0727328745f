/** What kind of entry it is and how it stands, as a word with an icon. */
import {
  Ban,
  CircleCheck,
  CircleX,
  Hourglass,
  MessageCircleMore,
  MessageCircle,
  OctagonMinus,
  Pause,
  Play,
  type LucideIcon,
} from 'lucide-react'
import type { DayItem } from '@/lib/desk/answers'
import { words } from './words'

export function ItemTag({ item }: { item: DayItem }) {
  const { icon: Icon, colours, label } = lookOf(item)
  return (
    <span
      className={`inline-flex items-center gap-1.5 self-center rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {label}
    </span>
  )
}

const STATUS_LOOK = {
  revoked: { icon: Ban, colours: 'bg-stop-soft text-stop' },
  suspended: { icon: Pause, colours: 'bg-warn-soft text-warn' },
  current: { icon: Play, colours: 'bg-ok-soft text-ok' },
}

function lookOf(item: DayItem): { icon: LucideIcon; colours: string; label: string } {
  switch (item.kind) {
    case 'correction':
      return item.state === 'issued'
        ? { icon: CircleCheck, colours: 'bg-ok-soft text-ok', label: words.correction.issued }
        : { icon: Hourglass, colours: 'bg-act-soft text-act', label: words.correction.pending }
    case 'failure':
      return { icon: CircleX, colours: 'bg-stop-soft text-stop', label: words.failure.title }
    case 'status':
      return { ...STATUS_LOOK[item.state], label: words.status[item.state] }
    case 'limit':
      return { icon: OctagonMinus, colours: 'bg-mute-soft text-mute', label: words.kinds.limit }
    case 'report':
      return item.closed
        ? { icon: MessageCircle, colours: 'bg-mute-soft text-mute', label: words.report.closedTag }
        : { icon: MessageCircleMore, colours: 'bg-warn-soft text-warn', label: words.report.open }
  }
}
