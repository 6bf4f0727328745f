'use client'
/** Somebody opened a record of the own facility: who, when, why, what was looked at, and the supervisor's word on it. */
import { useState, type ReactNode } from 'react'
import { momentOf, timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { useSubmission } from '@/components/ui/use-submission'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { ApiError, call } from '@/lib/api/call'
import type { OpeningToReview, Verdict } from '@/lib/openings/answers'
import { AnswerForm } from './answer-form'
import { words } from './words'

interface ReviewCardProps {
  opening: OpeningToReview
  onDone: (sentence: string) => void
}

export function ReviewCard({ opening, onDone }: ReviewCardProps) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const [objecting, setObjecting] = useState(false)
  const { by, records, looked, openingId } = opening
  const verdict = records.find((record) => record.verdict !== null)?.verdict ?? null
  const sending = useSubmission((error) => [{ target: `object-${openingId}`, message: sentenceOf(error) }])
  const decide = (said: Verdict, answer = '') =>
    void sending.run(
      () => call('POST /v3/openings/{openingId}/decide', { params: { openingId }, body: { verdict: said, answer } }),
      () => {
        setObjecting(false)
        onDone(words.review.done[said])
      },
    )
  const ended = opening.endedAt ?? opening.until
  return (
    <article aria-labelledby={`opening-${openingId}`} className="sheet border-s-4 border-s-warn px-5 py-4">
      <h3 id={`opening-${openingId}`} className="text-base font-semibold">
        <Value>{words.review.opened(by.name)}</Value>
      </h3>
      <ErrorSummary problems={sending.problems} turn={sending.turn} />
      <dl className="mt-2 grid gap-x-4 gap-y-1 text-[0.9375rem] sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Fact name={words.review.from}>
          <span className="numbers">{momentOf(opening.openedAt, timeZone)}</span>,{' '}
          <Value>{words.review.of(by.facility)}</Value>
        </Fact>
        <Fact name={opening.active ? words.review.until : words.review.ended}>
          <span className="numbers">{timeOf(ended, timeZone)}</span>
          {opening.active && ` · ${words.review.still}`}
        </Fact>
        <Fact name={words.banner.why.replace(':', '')}>
          {words.open.reasons[opening.reason]}
          {opening.note !== '' && (
            <>
              : <Value>{opening.note}</Value>
            </>
          )}
        </Fact>
        <Fact name={words.review.looked}>
          {records.map((record, index) => (
            <span key={`${record.type} ${record.preEnrollmentCode} ${record.dose}`} className="numbers">
              {index > 0 && '; '}
              <Value ltr>{record.preEnrollmentCode}</Value>, {which.name(record)}
            </span>
          ))}
          <ul className="mt-1 text-sm text-ink-2">
            {looked.map(({ at, what }) => (
              <li key={`${at} ${what}`}>
                <span className="numbers">{timeOf(at, timeZone)}</span> {words.review.whats[what]}
              </li>
            ))}
          </ul>
        </Fact>
      </dl>
      {verdict && (
        <p className="mt-3 text-sm font-semibold">
          <Value>{words.review[verdict](opening.decidedBy ?? '')}</Value>
        </p>
      )}
      {objecting ? (
        <AnswerForm
          id={`object-${openingId}`}
          words={{
            label: words.review.objection,
            hint: words.review.objectionHint,
            missing: words.review.objectionMissing,
            submit: words.review.objectEnds,
            cancel: words.review.cancel,
          }}
          busy={sending.busy}
          kind="stop"
          onCancel={() => setObjecting(false)}
          onSend={(answer) => decide('objected', answer)}
        />
      ) : (
        (verdict === null || (verdict === 'acknowledged' && opening.active)) && (
          <div className="mt-4 flex flex-wrap gap-3">
            {verdict === null && (
              <Button kind="main" busy={sending.busy} onClick={() => decide('acknowledged')}>
                {words.review.acknowledge}
              </Button>
            )}
            <Button onClick={() => setObjecting(true)}>{words.review.object}</Button>
          </div>
        )
      )}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError && error.status < 500 ? error.body.message : words.review.failed
}
