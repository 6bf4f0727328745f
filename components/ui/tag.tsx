/** A state as a word with an icon; the colour only repeats it. */
import { Ban, CircleCheck, CircleX, Hourglass, Pause, RefreshCw, type LucideIcon } from 'lucide-react'
import { words } from '@/components/words'

const LOOK: Record<keyof typeof words.states, { icon: LucideIcon; colours: string }> = {
  current: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  superseded: { icon: RefreshCw, colours: 'bg-warn-soft text-warn' },
  revoked: { icon: Ban, colours: 'bg-stop-soft text-stop' },
  suspended: { icon: Pause, colours: 'bg-warn-soft text-warn' },
  being_issued: { icon: Hourglass, colours: 'bg-act-soft text-act' },
  failed: { icon: CircleX, colours: 'bg-stop-soft text-stop' },
}

export function StateTag({ state }: { state: keyof typeof words.states }) {
  const { icon: Icon, colours } = LOOK[state]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pe-2.5 ps-2 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {words.states[state]}
    </span>
  )
}
