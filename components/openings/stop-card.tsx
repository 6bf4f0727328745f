'use client'
/** Somebody asked for too many different records: who, when, and the way to let it go on. */
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { useSubmission } from '@/components/ui/use-submission'
import { Value } from '@/components/ui/value'
import { ApiError, call } from '@/lib/api/call'
import type { LookUpStop } from '@/lib/openings/answers'
import { AnswerForm } from './answer-form'
import { words } from './words'

interface StopCardProps {
  stop: LookUpStop
  onDone: (sentence: string) => void
}

export function StopCard({ stop, onDone }: StopCardProps) {
  const { timeZone } = usePlace()
  const [lifting, setLifting] = useState(false)
  const id = `lift-${stop.stopId}`
  const sending = useSubmission((error) => [{ target: id, message: sentenceOf(error) }])
  const [now] = useState(() => Date.now())
  const over = Date.parse(stop.until) <= now
  return (
    <article aria-labelledby={`stop-${stop.stopId}`} className="sheet border-s-4 border-s-stop px-5 py-4">
      <h3 id={`stop-${stop.stopId}`} className="text-base font-semibold">
        <Value>{words.stops.stopped(stop)}</Value>
      </h3>
      <p className="mt-1 text-[0.9375rem] text-ink-2">{words.stops.what}</p>
      <ErrorSummary problems={sending.problems} turn={sending.turn} />
      <p className="mt-2 text-sm text-ink-2">
        {words.stops.at} <span className="numbers">{momentOf(stop.stoppedAt, timeZone)}</span>
        {stop.who.facility && (
          <>
            , <Value>{stop.who.facility}</Value>
          </>
        )}
        . {words.stops.until} <span className="numbers">{momentOf(stop.until, timeZone)}</span>.
      </p>
      {stop.lifted && (
        <p className="mt-2 text-sm">
          <span className="font-semibold">
            <Value>{words.stops.lifted(stop.lifted.by)}</Value>:
          </span>{' '}
          <Value>{stop.lifted.reason}</Value>
        </p>
      )}
      {lifting ? (
        <AnswerForm
          id={id}
          words={{
            label: words.stops.reason,
            hint: words.stops.reasonHint,
            missing: words.stops.reasonMissing,
            submit: words.stops.lift,
            cancel: words.review.cancel,
          }}
          busy={sending.busy}
          kind="main"
          onCancel={() => setLifting(false)}
          onSend={(reason) =>
            void sending.run(
              () =>
                call('POST /v3/look-ups/stops/{stopId}/lift', { params: { stopId: stop.stopId }, body: { reason } }),
              () => {
                setLifting(false)
                onDone(words.stops.done)
              },
            )
          }
        />
      ) : (
        !stop.lifted &&
        !over && (
          <Button className="mt-4" onClick={() => setLifting(true)}>
            {words.stops.lift}
          </Button>
        )
      )}
    </article>
  )
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError && error.status < 500 ? error.body.message : words.review.failed
}
