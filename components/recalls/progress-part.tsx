'use client'
/** How far a confirmed recall is, and what can be done with it. */
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { call } from '@/lib/api/call'
import type { RecallAnswer } from '@/lib/recalls/answers'
import { useRecallAction } from './use-recall-action'
import { words } from './words'

const text = words.progress
const PART = 'progress'

export function ProgressPart({ recall }: { recall: RecallAnswer }) {
  const { recallId, state, progress, since, may, action } = recall
  const [question, setQuestion] = useState<Question | null>(null)
  const acting = useRecallAction(recallId, {}, PART)
  const { total, done, refused } = progress
  const params = { recallId }
  const askToStop = () =>
    setQuestion({
      title: text.stopTitle,
      body: text.stopBody,
      action: text.stop,
      onConfirm: () => acting.act(() => call('POST /v3/recalls/{recallId}/stop', { params })),
    })
  return (
    <section id={PART} tabIndex={-1} aria-label={text.label} className="space-y-4 focus-visible:shadow-none">
      <ErrorSummary problems={acting.problems} turn={acting.turn} />
      <p role="status" className="sr-only">
        {state === 'running' ? text.told : state === 'stopped' ? text.stopped : text.done(done)}
      </p>
      {state === 'done' ? (
        <Notice kind="ok" title={text.done(done)} />
      ) : (
        <div className="sheet px-5 py-5 sm:px-7">
          <ProgressBar label={text.label} text={text.of(done + refused, total)} at={done + refused} total={total} />
          <p className="mt-3 text-ink-2">{state === 'running' ? text.goesOn : text.stopped}</p>
        </div>
      )}
      {refused > 0 && <Notice kind="warn" title={text.refused(refused)} />}
      {since.added > 0 && action !== 'lift' && state !== 'running' && (
        <Notice kind="info" title={text.since(since.added)}>
          <p>{text.sinceNote(since.added)}</p>
          <Link href={`/recalls/new?of=${recallId}`} className={`${buttonClass('second')} mt-3 max-sm:w-full`}>
            {text.rest}
          </Link>
        </Notice>
      )}
      {(may.stop || may.resume || may.lift) && (
        <div className="flex flex-wrap gap-3 max-sm:flex-col">
          {may.stop && (
            <Button kind="stop" busy={acting.busy} onClick={askToStop}>
              {text.stop}
            </Button>
          )}
          {may.resume && (
            <Button
              kind="main"
              busy={acting.busy}
              onClick={() => acting.act(() => call('POST /v3/recalls/{recallId}/resume', { params }))}
            >
              {text.resume}
            </Button>
          )}
          {may.lift && (
            <Link href={`/recalls/${recallId}/lift`} className={buttonClass('second')}>
              {text.lift}
            </Link>
          )}
        </div>
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  )
}
