'use client'
/** What came of a report, and the answer that the holder reads. */
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { ApiError, call } from '@/lib/api/call'
import type { ReportItem, ReportOutcome } from '@/lib/desk/answers'
import { REPORT_OUTCOMES } from '@/lib/desk/kinds'
import { words } from './words'

interface CloseReportProps {
  item: ReportItem
  onCancel: () => void
  onClosed: (sentence: string) => void
}

export function CloseReport({ item, onCancel, onClosed }: CloseReportProps) {
  const { reportId, reference, correctedSince } = item
  const [outcome, setOutcome] = useState<ReportOutcome | null>(correctedSince ? 'corrected' : null)
  const [answer, setAnswer] = useState(correctedSince ? words.closing.proposals.corrected : '')
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const [sending, setSending] = useState(false)
  const legend = useRef<HTMLLegendElement>(null)
  useEffect(() => legend.current?.focus(), [])
  const ids = { outcome: `outcome-${reportId}`, answer: `answer-${reportId}` }

  const choose = (next: ReportOutcome) => {
    // A proposal gives way to the next one, what somebody wrote does not.
    const untouched = answer === '' || Object.values(words.closing.proposals).includes(answer)
    setOutcome(next)
    if (untouched) setAnswer(words.closing.proposals[next])
  }
  const fail = (found: FormProblem[]) => {
    setProblems(found)
    setTurn((n) => n + 1)
    setSending(false)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong = [
      ...(outcome === null ? [{ target: ids.outcome, message: words.closing.outcomeMissing }] : []),
      ...(answer.trim() === '' ? [{ target: ids.answer, message: words.closing.answerMissing }] : []),
    ]
    if (outcome === null || wrong.length > 0) return fail(wrong)
    setSending(true)
    try {
      await call('POST /v3/reports/{reportId}/close', { params: { reportId }, body: { answer, outcome } })
      onClosed(words.closing.done(reference))
    } catch (error) {
      if (codeOf(error) === 'REPORT_CLOSED') return onClosed(words.closing.already)
      fail([{ target: ids.answer, message: sentenceOf(error) }])
    }
  }
  const wrongWith = (id: string) => problems.find(({ target }) => target === id)?.message
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="mt-4 space-y-4 border-t border-line pt-4">
      <ErrorSummary problems={problems} turn={turn} />
      <fieldset>
        <legend ref={legend} tabIndex={-1} className="font-semibold focus-visible:shadow-none">
          {words.closing.outcome}
        </legend>
        {wrongWith(ids.outcome) && <p className="mt-1 text-sm font-semibold text-stop">{wrongWith(ids.outcome)}</p>}
        {REPORT_OUTCOMES.map((one) => {
          const closed = one === 'corrected' && correctedSince === null
          return (
            <label key={one} className={`flex min-h-11 items-center gap-3 ${closed ? 'text-ink-3' : ''}`}>
              <input
                id={one === (correctedSince ? 'corrected' : 'nothing_wrong') ? ids.outcome : undefined}
                type="radio"
                name={`outcome-${reportId}`}
                checked={outcome === one}
                disabled={closed}
                onChange={() => choose(one)}
                className="grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-full border-2 border-act bg-sheet before:size-2.5 before:rounded-full checked:before:bg-act disabled:border-line-strong"
              />
              <span>
                {words.closing.outcomes[one]}
                {closed && <span className="block text-sm">{words.closing.correctedFirst}</span>}
              </span>
            </label>
          )
        })}
      </fieldset>
      <div>
        <label htmlFor={ids.answer} className="block text-sm font-semibold">
          {words.closing.answer}
        </label>
        <p id={`${ids.answer}-hint`} className="text-sm text-ink-3">
          {words.closing.answerHint}
        </p>
        {wrongWith(ids.answer) && (
          <p id={`${ids.answer}-error`} className="mt-1 text-sm font-semibold text-stop">
            {wrongWith(ids.answer)}
          </p>
        )}
        <textarea
          id={ids.answer}
          dir="auto"
          rows={4}
          maxLength={1000}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
          aria-describedby={wrongWith(ids.answer) ? `${ids.answer}-hint ${ids.answer}-error` : `${ids.answer}-hint`}
          aria-invalid={wrongWith(ids.answer) ? true : undefined}
          className={`mt-1.5 w-full rounded-control border bg-sheet px-3.5 py-2.5 ${wrongWith(ids.answer) ? 'border-stop' : 'border-edge'}`}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="main" busy={sending} className="max-sm:flex-1">
          {sending ? words.closing.sending : words.closing.submit}
        </Button>
        <Button disabled={sending} onClick={onCancel}>
          {words.closing.cancel}
        </Button>
      </div>
    </form>
  )
}

function sentenceOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'UNREACHABLE') return words.closing.unknownOutcome
  if (code === 'UNAUTHENTICATED') return words.signedOut
  return error instanceof ApiError && error.status < 500 ? error.body.message : words.closing.failed
}
