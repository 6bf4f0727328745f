'use client'
/** How far a run is, what was found, and what can be done with it. */
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { BulkRun } from '@/lib/bulk/answers'
import { ProgressBar } from '@/components/ui/progress-bar'
import { useBulkAction } from './use-bulk'
import { words } from './words'

const text = words.progress
const PART = 'progress'

export function ProgressPart({ run }: { run: BulkRun }) {
  const { runId, kind, state, counts, may } = run
  const [question, setQuestion] = useState<Question | null>(null)
  const acting = useBulkAction(runId, {}, PART)
  const params = { runId }
  const ask = (
    title: string,
    body: string,
    action: string,
    row: 'POST /v3/bulk/{runId}/stop' | 'POST /v3/bulk/{runId}/discard',
  ) => setQuestion({ title, body, action, onConfirm: () => acting.act(() => call(row, { params })) })
  const send =
    (row: 'POST /v3/bulk/{runId}/start' | 'POST /v3/bulk/{runId}/resume' | 'POST /v3/bulk/{runId}/retry') => () =>
      acting.act(() => call(row, { params }))
  return (
    <section id={PART} tabIndex={-1} aria-label={text.label} className="space-y-4 focus-visible:shadow-none">
      <ErrorSummary problems={acting.problems} turn={acting.turn} />
      <p role="status" className="sr-only">
        {told(run)}
      </p>
      <Now run={run} />
      {counts.refused > 0 && <Notice kind="warn" title={text.refused(counts.refused)} />}
      <div className="flex flex-wrap gap-3 empty:hidden max-sm:flex-col">
        {may.start && (
          <Button kind="main" busy={acting.busy} onClick={send('POST /v3/bulk/{runId}/start')}>
            {acting.busy ? text.starting : text.start(kind, counts.ready)}
          </Button>
        )}
        {may.resume && (
          <Button kind="main" busy={acting.busy} onClick={send('POST /v3/bulk/{runId}/resume')}>
            {text.resume}
          </Button>
        )}
        {may.stop && (
          <Button
            kind="stop"
            busy={acting.busy}
            onClick={() => ask(text.stopTitle, text.stopBody, text.stop, 'POST /v3/bulk/{runId}/stop')}
          >
            {text.stop}
          </Button>
        )}
        {may.retry && state !== 'stopped' && (
          <Button busy={acting.busy} onClick={send('POST /v3/bulk/{runId}/retry')}>
            {text.retry}
          </Button>
        )}
        {may.discard && (
          <Button
            kind="stop"
            busy={acting.busy}
            onClick={() => ask(text.discardTitle, text.discardBody, text.discard, 'POST /v3/bulk/{runId}/discard')}
          >
            {text.discard}
          </Button>
        )}
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  )
}

function Now({ run }: { run: BulkRun }) {
  const { kind, state, counts, note } = run
  const { total, unchecked, ready, needsApproval, unchanged, waiting, done, requested } = counts
  if (state === 'checking') {
    return (
      <div className="sheet px-5 py-5 sm:px-7">
        <ProgressBar
          label={text.label}
          text={text.checking(total - unchecked, total)}
          at={total - unchecked}
          total={total}
        />
        <p className="mt-3 text-ink-2">{text.goesOn}</p>
      </div>
    )
  }
  if (state === 'running' || state === 'stopped') {
    return (
      <div className="sheet px-5 py-5 sm:px-7">
        <ProgressBar label={text.label} text={text.of(total - waiting, total)} at={total - waiting} total={total} />
        <p className="mt-3 text-ink-2">{state === 'running' ? text.goesOn : [text.stopped, note].join(' ')}</p>
      </div>
    )
  }
  return (
    <>
      {(done > 0 || state === 'done') && (
        <Notice kind="ok" title={text.done(kind, done)}>
          {requested > 0 && <p>{text.requested(requested)}</p>}
        </Notice>
      )}
      {(state === 'checked' || state === 'proposed') && (
        <Notice kind="info" title={ready > 0 ? text.ready(kind, ready) : text.nothing}>
          {unchanged > 0 && <p>{text.unchanged(unchanged)}</p>}
          {needsApproval > 0 && <p>{text.approval(needsApproval)}</p>}
        </Notice>
      )}
    </>
  )
}

function told({ kind, state, counts }: BulkRun): string {
  if (state === 'checking' || state === 'running') return text.told
  if (state === 'stopped') return text.stopped
  return state === 'done' ? text.done(kind, counts.done) : text.checked
}
