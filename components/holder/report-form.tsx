'use client'
/** "Something is still wrong" and "I did not ask for this change": what the holder tells the facility. */
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { ask } from '@/components/public/ask'
import { dayOf } from '@/components/public/days'
import { fieldLabel } from '@/components/public/field-labels'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Beside } from '@/components/second-language'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { HolderReport, HolderView } from '@/lib/holders/answers'
import { ProblemList, type Problem } from './problem-list'
import { directionOf, shownValue } from '@/components/public/shown-value'
import { CONTROL, TextField } from './text-field'
import { holderWords } from './words'

/** The longest value and note that the registry takes. */
const LONGEST = { right: 300, note: 1000 }

/** What was written and not sent yet. */
export interface ReportDraft {
  kind: 'wrong' | 'not_requested'
  /** Path of each chosen field -> what is right. */
  fields: Record<string, string>
  note: string
  /** The same for every try to send it. */
  attempt: string
}

interface ReportFormProps {
  api: string
  view: HolderView
  draft: ReportDraft | null
  onDraft: (draft: ReportDraft | null) => void
  onStart: () => void
  onSent: () => void
  onAskAgain: () => void
}

export function ReportForm(props: ReportFormProps) {
  const { view, draft, onDraft } = props
  const words = useWords(holderWords)
  const [sent, setSent] = useState<HolderReport | null>(null)
  if (draft) {
    return (
      <Writing
        {...props}
        key={draft.attempt}
        draft={draft}
        onSent={(report) => {
          setSent(report)
          onDraft(null)
          props.onSent()
        }}
      />
    )
  }
  return (
    <section aria-label={words.report.start} className="space-y-4">
      {sent && <Sent report={sent} view={view} />}
      <div>
        <Button
          onClick={() => {
            setSent(null)
            props.onStart()
          }}
          className="h-auto py-2 whitespace-normal max-sm:w-full"
        >
          {words.report.start}
        </Button>
        <p className="mt-2 text-sm text-ink-2">{words.report.startLead(view.facility)}</p>
      </div>
    </section>
  )
}

function Writing({
  api,
  view,
  draft,
  onDraft,
  onSent,
  onAskAgain,
}: Omit<ReportFormProps, 'draft' | 'onSent'> & { draft: ReportDraft; onSent: (report: HolderReport) => void }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const title = useRef<HTMLHeadingElement>(null)
  const prefix = useId()
  const [turn, setTurn] = useState(0)
  const [checked, setChecked] = useState(false)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<'unreachable' | 'unavailable' | 'tooMany' | 'refused' | null>(null)
  const wrong = draft.kind === 'wrong'
  const details = view.sections.flatMap((section) => section.details)

  useEffect(() => {
    title.current?.focus()
  }, [])

  const found: Problem[] = details
    .filter(({ path }) => draft.fields[path]?.trim() === '')
    .map((detail) => ({
      target: `${prefix}${detail.path}`,
      message: words.report.rightMissing(fieldLabel(detail, language)),
    }))
  if (wrong && Object.keys(draft.fields).length === 0 && draft.note.trim() === '') {
    found.push({ target: `${prefix}first`, message: words.report.nothing })
  }
  // Said after the first try to send it, in the language of the moment, and gone as soon as it is put right.
  const problems = checked ? found : []

  const choose = (path: string, chosen: boolean) => {
    const { [path]: _left, ...others } = draft.fields
    onDraft({ ...draft, fields: chosen ? { ...draft.fields, [path]: '' } : others })
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTurn((before) => before + 1)
    setChecked(true)
    setFailed(null)
    if (found.length > 0) return
    setSending(true)
    const answer = await ask<HolderReport>('POST', `${api}/reports`, {
      body: {
        certificateId: view.certificateId,
        kind: draft.kind,
        fields: Object.entries(draft.fields).map(([path, right]) => ({ path, right })),
        note: draft.note,
        attempt: draft.attempt,
      },
    })
    setSending(false)
    if (answer.ok) return onSent(answer.value)
    if (answer.code === 'CHECK_NEEDED') return onAskAgain()
    if (answer.status === 0) setFailed('unreachable')
    else if (answer.code === 'TOO_MANY_REPORTS') setFailed('tooMany')
    else setFailed(answer.status === 400 ? 'refused' : 'unavailable')
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="sheet space-y-5 px-5 py-5">
      <div>
        <h2 ref={title} tabIndex={-1} className="text-xl focus-visible:shadow-none">
          {wrong ? words.report.title : words.report.titleNotMine}
        </h2>
        {!wrong && <p className="mt-1 text-ink-2">{words.report.leadNotMine(view.facility)}</p>}
      </div>
      <ProblemList problems={problems} turn={turn} />
      {wrong && (
        <fieldset>
          <legend className="font-semibold">{words.report.fields}</legend>
          <ul className="mt-2 divide-y divide-line/60">
            {details.map((detail, at) => {
              const label = fieldLabel(detail, language)
              const chosen = detail.path in draft.fields
              const value = shownValue(detail, detail.masked ? '' : detail.value, language, view.timeZone)
              const target = `${prefix}${detail.path}`
              return (
                <li key={detail.path} className="py-1">
                  <label className="flex min-h-11 items-center gap-3">
                    <input
                      id={at === 0 ? `${prefix}first` : undefined}
                      type="checkbox"
                      checked={chosen}
                      onChange={(event) => choose(detail.path, event.target.checked)}
                      className="size-6 shrink-0 accent-act"
                    />
                    <span className="min-w-0">
                      {label}
                      <Beside labels={detail.labels} page={label} alsoIn={view.alsoIn} />
                      {value !== '' && (
                        <span className="block text-sm text-ink-2">
                          <bdi dir={directionOf(detail.kind, detail.ltr)}>{value}</bdi>
                        </span>
                      )}
                    </span>
                  </label>
                  {chosen && (
                    <div className="ms-9 mb-3">
                      <TextField
                        id={target}
                        label={words.report.right(label)}
                        problem={problems.find((problem) => problem.target === target)?.message}
                        value={draft.fields[detail.path]!}
                        onChange={(right) => onDraft({ ...draft, fields: { ...draft.fields, [detail.path]: right } })}
                        maxLength={LONGEST.right}
                        autoComplete="off"
                        dir="auto"
                        className="w-full"
                      />
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        </fieldset>
      )}
      <div>
        <label htmlFor={`${prefix}note`} className="font-semibold">
          {words.report.note}
        </label>
        <p id={`${prefix}note-hint`} className="text-sm text-ink-2">
          {words.report.noteHint}
        </p>
        <textarea
          id={`${prefix}note`}
          aria-describedby={`${prefix}note-hint`}
          value={draft.note}
          onChange={(event) => onDraft({ ...draft, note: event.target.value })}
          maxLength={LONGEST.note}
          rows={3}
          dir="auto"
          className={`mt-1 block w-full py-2 ${CONTROL}`}
        />
      </div>
      <div role="alert" className="empty:hidden">
        {failed && <Notice kind={failed === 'unreachable' ? 'warn' : 'stop'} title={words.report[failed]} />}
      </div>
      <div className="flex flex-wrap gap-3 max-sm:flex-col">
        <Button type="submit" kind="main" busy={sending}>
          {sending ? words.report.sending : words.report.send}
        </Button>
        <Button onClick={() => onDraft(null)}>{words.report.cancel}</Button>
      </div>
    </form>
  )
}

function Sent({ report, view }: { report: HolderReport; view: HolderView }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const title = useRef<HTMLHeadingElement>(null)
  const day = (instant: string) => dayOf(instant, language, view.timeZone)
  useEffect(() => {
    title.current?.focus()
  }, [])
  return (
    <div className="sheet border-s-4 border-s-ok px-5 py-4">
      <h2 ref={title} tabIndex={-1} className="text-xl focus-visible:shadow-none">
        {words.report.sentTitle}
      </h2>
      <p className="mt-2">
        {words.report.sentNumber}{' '}
        <bdi dir="ltr" className="numbers text-lg font-semibold whitespace-nowrap">
          {report.reference}
        </bdi>
      </p>
      <p className="mt-2">{words.report.sentNext(view.facility, day(report.answerBy))}</p>
      <p>{words.report.sentRead(day(view.linkExpiresAt))}</p>
      <p>{words.report.sentAsk}</p>
    </div>
  )
}
