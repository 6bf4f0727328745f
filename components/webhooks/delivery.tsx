'use client'
/** One message: of what, what came of it, and sending it again. */
import { CircleCheck, CircleX, Clock, type LucideIcon } from 'lucide-react'
import { secondOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import type { DeliveryView, WebhookView } from '@/lib/webhooks/answers'
import { words } from './words'

const LOOK: Record<DeliveryView['state'], { icon: LucideIcon; colours: string }> = {
  delivered: { icon: CircleCheck, colours: 'text-ok' },
  waiting: { icon: Clock, colours: 'text-warn' },
  failed: { icon: CircleX, colours: 'text-stop' },
}

interface DeliveryProps {
  delivery: DeliveryView
  busy: boolean
  onAgain: () => void
}

export function Delivery({ delivery, busy, onAgain }: DeliveryProps) {
  const { timeZone } = usePlace()
  const { state, type, certificateId, at, attempts, nextAttemptAt, answerStatus, ms, problem } = delivery
  const { icon: Icon, colours } = LOOK[state]
  const what = nameOf(type)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className={`inline-flex items-center gap-1.5 text-sm font-semibold ${colours}`}>
            <Icon aria-hidden className="size-4" />
            {attempts === 0 && state === 'waiting' ? words.onItsWay : words.stateOf[state]}
          </span>
          <span className="font-semibold">{what}</span>
          {certificateId && (
            <bdi dir="ltr" className="numbers font-mono text-sm">
              {certificateId}
            </bdi>
          )}
        </p>
        {problem && <p className="mt-0.5 text-[0.9375rem]">{problem}</p>}
        <Facts className="numbers text-sm text-ink-3">
          <time dateTime={at}>{secondOf(at, timeZone)}</time>
          {attempts > 0 && <span>{words.attempts(attempts)}</span>}
          {answerStatus !== null && problem === null && <span>{words.answered(answerStatus)}</span>}
          {ms !== null && <span>{words.took(ms)}</span>}
          {nextAttemptAt && attempts > 0 && <span>{words.next(secondOf(nextAttemptAt, timeZone))}</span>}
        </Facts>
      </div>
      {state !== 'waiting' && (
        <Button
          kind="quiet"
          className="min-h-11 max-sm:-ms-5"
          busy={busy}
          aria-label={words.againOf([what, certificateId].filter(Boolean).join(' '))}
          onClick={onAgain}
        >
          {words.again}
        </Button>
      )}
    </li>
  )
}

function nameOf(type: string): string {
  const names: Record<string, string[]> = words.eventNames satisfies Record<WebhookView['events'][number], string[]>
  return names[type]?.[0] ?? words.test
}
