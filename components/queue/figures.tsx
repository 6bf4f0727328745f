'use client'
/** The four states with how many there are, and since when: each is the filter of the list below. */
import { CircleX, Clock, Hourglass, PenLine, type LucideIcon } from 'lucide-react'
import { timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { withCommas } from '@/components/with-commas'
import type { QueueAnswer, QueueState } from '@/lib/operations/answers'
import { QUEUE_STATES } from '@/lib/operations/kinds'
import { words } from './words'

const LOOK: Record<QueueState, { icon: LucideIcon; trouble: string }> = {
  waiting: { icon: Clock, trouble: '' },
  under_way: { icon: PenLine, trouble: '' },
  held: { icon: Hourglass, trouble: 'text-warn' },
  failed: { icon: CircleX, trouble: 'text-stop' },
}

interface FiguresProps {
  queue: QueueAnswer
  state: QueueState
  onState: (state: QueueState) => void
}

export function Figures({ queue, state: chosen, onState }: FiguresProps) {
  const { timeZone } = usePlace()
  const lines = linesOf(queue, timeZone)
  return (
    <div role="group" aria-label={words.filters} className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-4">
      {QUEUE_STATES.map((state) => {
        const { icon: Icon, trouble } = LOOK[state]
        const { count, line } = lines[state]
        return (
          <button
            key={state}
            type="button"
            aria-pressed={chosen === state}
            onClick={() => onState(state)}
            className={`sheet flex flex-col items-start px-4 py-3 text-start hover:border-act ${
              chosen === state ? 'border-act ring-1 ring-act' : ''
            }`}
          >
            <span className="flex items-center gap-1.5 text-sm font-semibold text-ink-2">
              <Icon aria-hidden className="size-4" />
              {words.states[state]}
            </span>
            <span className={`numbers mt-1 text-2xl font-semibold ${count > 0 ? trouble : ''}`}>
              {withCommas(count)}
              {queue.partial && state !== 'failed' && '+'}
            </span>
            <span className="numbers min-h-10 text-sm text-ink-3">{line}</span>
          </button>
        )
      })}
    </div>
  )
}

function linesOf(
  { at, waiting, underWay, held, failed }: QueueAnswer,
  timeZone: string,
): Record<QueueState, { count: number; line: string }> {
  const since = (oldest: string | null) =>
    oldest === null ? words.none : words.oldest(words.age((Date.parse(at) - Date.parse(oldest)) / 1000))
  const next = held.nextAt === null ? '' : `, ${words.next(timeOf(held.nextAt, timeZone))}`
  return {
    waiting: { count: waiting.count, line: since(waiting.oldestAt) },
    under_way: { count: underWay.count, line: underWay.count === 0 ? words.none : words.beingSigned },
    held: {
      count: held.count,
      line: `${since(held.oldestAt)}${next}${held.behind > 0 ? `, ${words.behind(held.behind)}` : ''}`,
    },
    failed: { count: failed.count, line: words.failedSince },
  }
}
