'use client'
/** How far a re-issue is, and what can be done with it. */
import { useState } from 'react'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Button, buttonClass } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { call } from '@/lib/api/call'
import type { Command, ReissueView } from '@/lib/reissues/answers'
import { REISSUES } from './reissues-page'
import { SkippedList } from './skipped-list'
import { useReissueAction } from './use-reissues'
import { words } from './words'

const text = words.progress
const PART = 'progress'

export function ProgressPart({ reissue }: { reissue: ReissueView }) {
  const { reissueId, type, state, progress, skipped, may, inForce } = reissue
  const [question, setQuestion] = useState<Question | null>(null)
  const acting = useReissueAction(reissueId, PART)
  const params = { reissueId }
  const steer = (command: Command) =>
    acting.act(() => call('POST /v3/reissues/{reissueId}', { params, body: { do: command } }))
  const askToStop = () =>
    setQuestion({ title: text.stopTitle, body: text.stopBody, action: text.stop, onConfirm: () => steer('stop') })
  return (
    <section id={PART} tabIndex={-1} aria-label={text.label} className="space-y-4 focus-visible:shadow-none">
      <ErrorSummary problems={acting.problems} turn={acting.turn} />
      <p role="status" className="sr-only">
        {sentenceOf(reissue)}
      </p>
      <Standing reissue={reissue} />
      {progress.failed > 0 && <Notice kind="warn" title={text.failed(progress.failed)} />}
      {!inForce && state !== 'done' && state !== 'stopped' && <Notice kind="warn" title={text.notInForce} />}
      {skipped.length > 0 && (
        <div className="sheet px-5 py-4 sm:px-7">
          <h2 className="text-base">{text.skipped}</h2>
          <SkippedList skipped={skipped} />
        </div>
      )}
      <div className="flex flex-wrap gap-3 max-sm:flex-col">
        {may.start && (
          <Button
            kind="main"
            busy={acting.busy}
            onClick={() => acting.act(() => call('POST /v3/reissues/{reissueId}/start', { params }))}
          >
            {text.start(progress.waiting)}
          </Button>
        )}
        {may.resume && (
          <Button kind="main" busy={acting.busy} onClick={() => steer('resume')}>
            {text.resume}
          </Button>
        )}
        {may.pause && (
          <Button kind="second" busy={acting.busy} onClick={() => steer('pause')}>
            {text.pause}
          </Button>
        )}
        {may.retry && (
          <Button kind="second" busy={acting.busy} onClick={() => steer('retry')}>
            {text.retry}
          </Button>
        )}
        {may.stop && (
          <Button kind="quiet" busy={acting.busy} onClick={askToStop}>
            {state === 'running' || state === 'paused' ? text.stop : text.discard}
          </Button>
        )}
        {!may.start && !may.pause && !may.stop && (
          <Link href={`${REISSUES}/new?type=${encodeURIComponent(type)}`} className={buttonClass('quiet')}>
            {text.again}
          </Link>
        )}
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  )
}

function sentenceOf({ state, pausedWhy, progress }: ReissueView): string {
  switch (state) {
    case 'checking':
      return text.checking
    case 'ready':
      return progress.waiting > 0 ? text.ready(progress.waiting) : text.readyNone
    case 'running':
      return text.goesOn
    case 'paused':
      return pausedWhy === 'version' ? text.pausedVersion : text.paused
    case 'stopped':
      return text.stopped
    case 'done':
      return text.done(progress.done)
  }
}

function Standing({ reissue }: { reissue: ReissueView }) {
  const { state, progress, secondsLeft } = reissue
  const { total, unchecked, waiting, accepted, done, failed } = progress
  const sentence = sentenceOf(reissue)
  if (state === 'done') return <Notice kind="ok" title={sentence} />
  if (state === 'ready') {
    return (
      <Notice kind={waiting > 0 ? 'info' : 'warn'} title={sentence}>
        <p>{text.readyNext}</p>
      </Notice>
    )
  }
  if (progress.share < 1) {
    return (
      <div className="sheet px-5 py-5 sm:px-7">
        <ProgressBar label={text.label} text={text.choosing(total)} at={progress.share} total={1} />
      </div>
    )
  }
  const isChecking = state === 'checking'
  const of = isChecking ? total : done + failed + waiting + accepted
  const at = isChecking ? total - unchecked : done + failed
  return (
    <div className="sheet px-5 py-5 sm:px-7">
      <ProgressBar label={text.label} text={text.of(at, of)} at={at} total={of} />
      <p className="mt-3 text-ink-2">{sentence}</p>
      {state === 'running' && (
        <p className="numbers mt-1 text-sm text-ink-2">
          {secondsLeft !== null && text.left(text.seconds(secondsLeft))}
          {accepted > 0 && ` ${text.doing(accepted)}.`}
        </p>
      )}
    </div>
  )
}
