'use client'
/** The question before anything is shown. It is the same for every link, also for links that do not exist. */
import { useState, type FormEvent, type ReactNode } from 'react'
import { useHydrated } from '@/components/hydrated'
import { ask } from '@/components/public/ask'
import { timeOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { HolderView } from '@/lib/holders/answers'
import { answerOf, NOTHING_TYPED, type Missing, type Typed } from './answer'
import { CONTROL, TextField } from './text-field'
import { FieldProblem, ProblemList } from './problem-list'
import { holderWords } from './words'

/** Why no certificate came. */
type Answer = { kind: 'notShown' | 'unreachable' | 'unavailable' } | { kind: 'locked'; until: Date }

interface AskFormProps {
  /** The API of this link. */
  api: string
  onOpen: (view: HolderView) => void
  /** What has to be said above the question. */
  children?: ReactNode
}

export function AskForm({ api, onOpen, children }: AskFormProps) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const hydrated = useHydrated()
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED)
  const [missing, setMissing] = useState<{ field: keyof Typed; problem: Missing }[]>([])
  const [turn, setTurn] = useState(0)
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState<Answer | null>(null)

  const type = (field: keyof Typed) => (value: string) => setTyped((before) => ({ ...before, [field]: value }))
  const problemOf = (field: keyof Typed) => {
    const found = missing.find((one) => one.field === field)
    return found && words.ask[found.problem]
  }
  const birthProblem = problemOf('day') ?? problemOf('month') ?? problemOf('year')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const read = answerOf(typed)
    setTurn((before) => before + 1)
    setSaid(null)
    setMissing('missing' in read ? read.missing : [])
    if ('missing' in read) return
    setAsking(true)
    const asked = await ask<HolderView>('POST', `${api}/session`, { body: read.answer })
    setAsking(false)
    if (asked.ok) return onOpen(asked.value)
    if (asked.code === 'TOO_MANY_ATTEMPTS') {
      const minute = Math.ceil((Date.now() + (asked.retryAfter ?? 60) * 1000) / 60_000)
      setSaid({ kind: 'locked', until: new Date(minute * 60_000) })
    } else if (asked.status === 0) setSaid({ kind: 'unreachable' })
    else setSaid({ kind: asked.code === 'NOT_SHOWN' ? 'notShown' : 'unavailable' })
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      <div>
        <h1>{words.ask.title}</h1>
        <p className="mt-2 text-ink-2">{words.ask.lead}</p>
      </div>
      {children}
      <div role="alert" className="empty:hidden">
        {said?.kind === 'notShown' && (
          <Notice kind="stop" title={words.ask.notShown}>
            <p>{words.ask.notShownNext}</p>
          </Notice>
        )}
        {said?.kind === 'locked' && (
          <Notice kind="stop" title={words.ask.locked(timeOf(said.until, language))}>
            <p>{words.ask.limit}</p>
          </Notice>
        )}
        {said?.kind === 'unreachable' && <Notice kind="warn" title={words.ask.unreachable} />}
        {said?.kind === 'unavailable' && <Notice kind="warn" title={words.ask.unavailable} />}
      </div>
      <ProblemList
        turn={turn}
        problems={missing.map(({ field, problem }) => ({ target: `holder-${field}`, message: words.ask[problem] }))}
      />
      {typed.ageOnly ? (
        <>
          <TextField
            id="holder-yearOfBirth"
            label={words.ask.yearOfBirth}
            hint={words.ask.yearHint}
            problem={problemOf('yearOfBirth')}
            value={typed.yearOfBirth}
            onChange={type('yearOfBirth')}
            inputMode="numeric"
            autoComplete="bday-year"
            maxLength={4}
            dir="ltr"
            className="numbers w-28"
          />
          <TextField
            id="holder-identityEnd"
            label={words.ask.identityEnd}
            problem={problemOf('identityEnd')}
            value={typed.identityEnd}
            onChange={type('identityEnd')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={12}
            dir="ltr"
            className="numbers w-36"
          />
        </>
      ) : (
        <fieldset aria-describedby={birthProblem ? 'holder-birth-hint holder-birth-problem' : 'holder-birth-hint'}>
          <legend className="font-semibold">{words.ask.birth}</legend>
          <p id="holder-birth-hint" className="text-sm text-ink-2">
            {words.ask.birthHint}
          </p>
          <FieldProblem id="holder-birth-problem" message={birthProblem} />
          <div className="mt-2 flex flex-wrap gap-3">
            {(
              [
                ['day', words.ask.day, 'bday-day', 'w-18'],
                ['month', words.ask.month, 'bday-month', 'w-18'],
                ['year', words.ask.year, 'bday-year', 'w-24'],
              ] as const
            ).map(([field, label, autoComplete, width]) => (
              <label key={field} className="text-sm">
                {label}
                <input
                  id={`holder-${field}`}
                  type="text"
                  inputMode="numeric"
                  autoComplete={autoComplete}
                  maxLength={field === 'year' ? 4 : 2}
                  dir="ltr"
                  value={typed[field]}
                  onChange={(event) => type(field)(event.target.value)}
                  aria-invalid={birthProblem ? true : undefined}
                  className={`numbers mt-1 block ${CONTROL} ${width}`}
                />
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          checked={typed.ageOnly}
          onChange={(event) => {
            setTyped({ ...typed, ageOnly: event.target.checked })
            setMissing([])
          }}
          className="size-6 shrink-0 accent-act"
        />
        {words.ask.ageOnly}
      </label>
      <div>
        <Button type="submit" kind="main" busy={asking} disabled={!hydrated} className="w-full sm:w-auto">
          {asking ? words.ask.checking : words.ask.submit}
        </Button>
        <p className="mt-3 text-sm text-ink-2">{words.ask.limit}</p>
      </div>
    </form>
  )
}
