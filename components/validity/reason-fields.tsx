'use client'
/** Why a certificate's validity is changed: a reason of a few, and a note that stays among operators. */
import type { FormProblem } from '@/components/ui/error-summary'
import type { StatusReason } from '@/lib/api/contract'
import { words, type Action } from './words'

export interface ReasonDraft {
  cause: StatusReason['cause'] | null
  note: string
}

interface ReasonFieldsProps {
  action: Action
  reason: ReasonDraft
  onChange: (reason: ReasonDraft) => void
  problems: FormProblem[]
}

export function ReasonFields({ action, reason, onChange, problems }: ReasonFieldsProps) {
  const wrongWith = (id: string) => problems.find(({ target }) => target === id)?.message
  const choices = Object.entries(words.choices[action]) as [StatusReason['cause'], string][]
  const noteWrong = wrongWith('validity-note')
  return (
    <div className="space-y-5">
      <fieldset aria-describedby="validity-cause-hint">
        <legend className="font-semibold">{words.why[action]}</legend>
        <p id="validity-cause-hint" className="text-sm text-ink-3">
          {action === 'lift' ? words.whyHintLift : words.whyHint}
        </p>
        {wrongWith('validity-cause') && (
          <p id="validity-cause-error" className="mt-1 text-sm font-semibold text-stop">
            {wrongWith('validity-cause')}
          </p>
        )}
        {choices.map(([cause, label], at) => (
          <label key={cause} className="flex min-h-11 items-start gap-3 py-1.5">
            <input
              id={at === 0 ? 'validity-cause' : undefined}
              type="radio"
              name="validity-cause"
              checked={reason.cause === cause}
              onChange={() => onChange({ ...reason, cause })}
              className="mt-0.5 grid size-[1.375rem] shrink-0 appearance-none place-items-center rounded-full border-2 border-act bg-sheet before:size-2.5 before:rounded-full checked:before:bg-act"
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div>
        <label htmlFor="validity-note" className="block text-sm font-semibold">
          {words.note}
          {reason.cause !== 'other' && <span className="font-normal text-ink-3"> · {words.noteOptional}</span>}
        </label>
        <p id="validity-note-hint" className="text-sm text-ink-3">
          {words.noteHint}
        </p>
        {noteWrong && (
          <p id="validity-note-error" className="mt-1 text-sm font-semibold text-stop">
            {noteWrong}
          </p>
        )}
        <textarea
          id="validity-note"
          dir="auto"
          rows={3}
          value={reason.note}
          onChange={(event) => onChange({ ...reason, note: event.target.value })}
          aria-describedby={noteWrong ? 'validity-note-hint validity-note-error' : 'validity-note-hint'}
          aria-invalid={noteWrong ? true : undefined}
          className={`mt-1.5 w-full rounded-control border bg-sheet px-3.5 py-2.5 ${noteWrong ? 'border-stop' : 'border-edge'}`}
        />
      </div>
    </div>
  )
}
