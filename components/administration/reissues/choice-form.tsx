'use client'
/** Which certificates are to be issued anew. */
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { FacilityChoice, pickedIn, pickProblem } from '@/components/administration/facility-choice'
import { Choices, TextField, Wrong } from '@/components/administration/form-parts'
import { SelectField } from '@/components/administration/types/select-field'
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import { problemsIn, type ChoiceValues } from './choice-values'
import { words } from './words'

interface ChoiceFormProps {
  values: ChoiceValues
  types: { name: string; title: string; version: number }[]
  /** An administrator chooses many; a supervisor names one record. */
  many: boolean
  onChange: (values: ChoiceValues) => void
  onSubmit: () => void
}

const text = words.form

export function ChoiceForm({ values, types, many, onChange, onSubmit }: ChoiceFormProps) {
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const set = (change: Partial<ChoiceValues>) => onChange({ ...values, ...change })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsIn(values, !many)
    if (many && pickedIn(values.facility) === null) found.push(pickProblem(values.facility))
    setProblems(found)
    setTurn((n) => n + 1)
    if (found.length === 0) onSubmit()
  }
  return (
    <form noValidate onSubmit={submit} className="space-y-6">
      <ErrorSummary problems={problems} turn={turn} />
      <section aria-labelledby="which" className="sheet space-y-5 px-5 py-6 sm:px-7">
        <h2 id="which" className="text-lg">
          {text.which}
        </h2>
        <SelectField
          id="type"
          label={text.type}
          value={values.type}
          onChange={(type) => set({ type })}
          options={types.map(({ name, title, version }) => ({ value: name, label: words.name(title, version) }))}
        />
        {many && (
          <Choices
            legend={text.choice}
            name="choice"
            value={values.which}
            onChange={(which) => set({ which })}
            options={[
              { value: 'other_version', label: text.other_version, hint: text.otherVersionHint },
              {
                value: 'key',
                label: text.key,
                hint: text.keyHint,
                more: <KeyField value={values.key} onChange={(key) => set({ key })} problems={problems} />,
              },
              {
                value: 'before',
                label: text.before,
                hint: text.beforeHint,
                more: <DayField value={values.before} onChange={(before) => set({ before })} problems={problems} />,
              },
              { value: 'all', label: text.all, hint: text.allHint },
            ]}
          />
        )}
        {many && (
          <>
            <TextField
              id="programme"
              label={text.programme}
              hint={text.programmeHint}
              value={values.programme}
              onChange={(programme) => set({ programme })}
              problems={problems}
            />
            <FacilityChoice
              pick={values.facility}
              onPick={(facility) => set({ facility })}
              hints={{ all: text.facilityAllHint, one: text.facilityOneHint, district: text.districtHint }}
              problems={problems}
            />
          </>
        )}
        <TextField
          id="codes"
          label={many ? text.codes : text.code}
          hint={many ? text.codesHint : undefined}
          value={values.codes}
          onChange={(codes) => set({ codes })}
          lines={many ? 3 : undefined}
          ltr
          problems={problems}
        />
      </section>
      <Button type="submit" kind="main" className="max-sm:w-full">
        {text.submit}
      </Button>
    </form>
  )
}

interface PartProps {
  value: string
  onChange: (value: string) => void
  problems: FormProblem[]
}

function KeyField({ value, onChange, problems }: PartProps) {
  const { timeZone } = usePlace()
  const asked = useQuery({ queryKey: ['signing-keys'], queryFn: () => call('GET /v3/reissues/keys') })
  const keys = asked.data?.keys ?? []
  if (asked.data && keys.length === 0) return <p className="text-sm text-ink-2">{text.keyNone}</p>
  return (
    <>
      <Wrong id="key" problems={problems} />
      <SelectField
        id="key"
        label={text.keyLabel}
        value={value}
        onChange={onChange}
        options={[
          { value: '', label: '' },
          ...keys.map(({ key, type, use, since }) => ({
            value: key,
            label: text.keyOption(key, type, text.keyUses[use], dayOf(since, timeZone)),
          })),
        ]}
      />
    </>
  )
}

function DayField({ value, onChange, problems }: PartProps) {
  const wrong = problems.some(({ target }) => target === 'before')
  return (
    <div className="max-w-60">
      <label htmlFor="before" className="block text-sm font-semibold">
        {text.beforeLabel}
      </label>
      <Wrong id="before" problems={problems} />
      <input
        id="before"
        type="date"
        min="2000-01-01"
        max="2199-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? 'before-error' : undefined}
        className={`numbers mt-1 min-h-11 w-full rounded-control border bg-sheet px-3 ${wrong ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
