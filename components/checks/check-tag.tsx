/** What came of a check, as a word with an icon. */
import { CircleAlert, CircleCheck, LoaderCircle, type LucideIcon } from 'lucide-react'
import type { CheckView } from '@/lib/status-lists/answers'
import { words } from './words'

const LOOK: Record<'running' | 'good' | 'bad', { icon: LucideIcon; colours: string }> = {
  running: { icon: LoaderCircle, colours: 'bg-act-soft text-act' },
  good: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  bad: { icon: CircleAlert, colours: 'bg-stop-soft text-stop' },
}

export function CheckTag({ check: { problems, finishedAt } }: { check: CheckView }) {
  const state = problems.length > 0 ? 'bad' : finishedAt === null ? 'running' : 'good'
  const { icon: Icon, colours } = LOOK[state]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {state === 'bad' ? words.states.bad(problems.length) : words.states[state]}
    </span>
  )
}
