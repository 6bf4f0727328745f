'use client'
/** Why requests are held up or failed, each reason with what to do about it, and trying all of one again. */
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { useHas } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { withCommas } from '@/components/with-commas'
import type { QueueAnswer } from '@/lib/operations/answers'
import { useRetryAll } from './use-retry-all'
import { reasonOf, words } from './words'

interface ReasonsPartProps {
  reasons: QueueAnswer['reasons']
  onChoose: (state: 'held' | 'failed', reason: string) => void
}

export function ReasonsPart({ reasons, onChoose }: ReasonsPartProps) {
  const { now, begin } = useRetryAll()
  const [question, setQuestion] = useState<Question | null>(null)
  const deals = [useHas('operator'), useHas('supervisor')].includes(true)
  if (reasons.length === 0 && !now) return null
  const ask = ({ state, reason, count }: QueueAnswer['reasons'][number]) =>
    setQuestion({
      title: state === 'held' ? words.confirmHeld(count) : words.confirmFailed(count),
      body: state === 'held' ? words.confirmHeldBody : words.confirmFailedBody,
      action: words.confirmAction,
      onConfirm: () => void begin(state, reason, count),
    })
  const isBusy = now !== null && !now.isOver
  return (
    <section aria-labelledby="reasons" className="mt-8">
      <h2 id="reasons" className="text-lg">
        {words.reasonsTitle}
      </h2>
      <p className="mt-1 text-ink-2">{words.reasonsLead}</p>
      {reasons.length > 0 && (
        <ul className="sheet mt-3 divide-y divide-line">
          {reasons.map((one) => {
            const { title, next } = reasonOf(one.reason)
            return (
              <li
                key={`${one.state} ${one.reason}`}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3"
              >
                <div className="min-w-0 flex-[1_1_20rem]">
                  <button
                    type="button"
                    className="link min-h-11 text-start font-semibold"
                    onClick={() => onChoose(one.state, one.reason)}
                  >
                    {title}
                  </button>
                  <p className="text-[0.9375rem] text-ink-2">
                    <span className="numbers">
                      {words.states[one.state]}: {withCommas(one.count)}.
                    </span>{' '}
                    {next}
                  </p>
                </div>
                {(one.state === 'held' || deals) && (
                  <Button
                    size="small"
                    disabled={isBusy}
                    aria-label={words.retryAllOf(title)}
                    className="max-sm:w-full"
                    onClick={() => ask(one)}
                  >
                    {words.retryAll}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {isBusy && (
        <div className="sheet mt-3 px-5 py-4">
          <ProgressBar
            label={words.progress}
            text={words.progressText(now.done + now.refused.length, Math.max(now.total, now.done + now.refused.length))}
            at={now.done + now.refused.length}
            total={Math.max(now.total, now.done + now.refused.length)}
          />
        </div>
      )}
      {now?.isOver && (
        <Notice
          kind={now.broke ? 'stop' : now.refused.length > 0 ? 'warn' : 'ok'}
          live={now.broke ? 'alert' : 'status'}
          className="mt-3"
          title={words.doneAll(now.done, now.refused.length)}
        >
          {now.broke && <p>{words.wholly}</p>}
          {now.refused.length > 0 && (
            <ul className="mt-1 list-disc ps-5">
              {now.refused.slice(0, 10).map(({ transactionId, message }) => (
                <li key={transactionId}>
                  <bdi dir="ltr">{words.request(transactionId)}</bdi>: {message}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  )
}
