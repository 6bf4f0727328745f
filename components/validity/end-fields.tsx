'use client'
/** How long a suspension lasts: until somebody lifts it, or until a time. */
import { DateControl } from '@/components/certificate-form/date-control'
import { usePlace } from '@/components/place'
import type { FormProblem } from '@/components/ui/error-summary'
import { readInstant } from '@/lib/certificates/dates'
import { words } from './words'

export interface End {
  kind: 'never' | 'day' | null
  /** As typed, local time: "2026-06-01T00:00". */
  at: string
}

const KIND = 'validity-end'
const AT = 'validity-end-at'
const MIDNIGHT = '--T00:00'

interface EndFieldsProps {
  end: End
  onChange: (end: End) => void
  problems: FormProblem[]
}

export function EndFields({ end, onChange, problems }: EndFieldsProps) {
  const { timeZone } = usePlace()
  const wrongWith = (id: string) => problems.find(({ target }) => target === id)?.message
  const choose = (kind: 'never' | 'day') => onChange({ kind, at: kind === 'day' && end.at === '' ? MIDNIGHT : end.at })
  return (
    <fieldset>
      <legend className="font-semibold">{words.end}</legend>
      {wrongWith(KIND) && <p className="mt-1 text-sm font-semibold text-stop">{wrongWith(KIND)}</p>}
      {(['never', 'day'] as const).map((kind) => (
        <label key={kind} className="flex min-h-11 items-start gap-3 py-1.5">
          <input
            id={kind === 'never' ? KIND : undefined}
            type="radio"
            name={KIND}
            checked={end.kind === kind}
            onChange={() => choose(kind)}
            className="mt-0.5 grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-full border-2 border-act bg-sheet before:size-2.5 before:rounded-full checked:before:bg-act"
          />
          <span>{words.ends[kind]}</span>
        </label>
      ))}
      {end.kind === 'day' && (
        <div role="group" aria-labelledby={`${AT}-label`} className="ms-[2.125rem] mt-1 max-w-80">
          <p id={`${AT}-label`} className="text-sm font-semibold">
            {words.endAt}
          </p>
          <p id={`${AT}-hint`} className="mb-1.5 text-sm text-ink-3">
            {words.endHint(timeZone)}
          </p>
          {wrongWith(AT) && (
            <p id={`${AT}-error`} className="mb-1 text-sm font-semibold text-stop">
              {wrongWith(AT)}
            </p>
          )}
          <DateControl
            id={AT}
            value={end.at}
            onChange={(at) => onChange({ ...end, at })}
            time
            labelledBy={`${AT}-label`}
            describedBy={wrongWith(AT) ? `${AT}-hint ${AT}-error` : `${AT}-hint`}
            invalid={wrongWith(AT) !== undefined}
            changed={false}
          />
        </div>
      )}
    </fieldset>
  )
}

/** The end as an instant (null = none), or what is wrong with it. */
export function endOf(
  { kind, at }: End,
  timeZone: string,
  now: Date,
): { until: string | null } | { problem: FormProblem } {
  if (kind === null) return { problem: { target: KIND, message: words.endMissing } }
  if (kind === 'never') return { until: null }
  const typed = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{1,2})$/.exec(at)
  if (!typed) return { problem: { target: AT, message: words.endMissing } }
  const [year, ...rest] = typed.slice(1)
  const [month, day, hour, minute] = rest.map((part) => part.padStart(2, '0'))
  const instant = readInstant(`${year}-${month}-${day}T${hour}:${minute}`, timeZone)
  if (!instant) return { problem: { target: AT, message: words.endWrong } }
  if (instant <= now) return { problem: { target: AT, message: words.endPast } }
  return { until: instant.toISOString() }
}
