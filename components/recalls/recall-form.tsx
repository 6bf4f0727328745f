'use client'
/** Which certificates, what is to happen to them, and why. */
import { useState, type FormEvent } from 'react'
import { pickedIn, FACILITY_ID, FacilityChoice } from '@/components/administration/facility-choice'
import { Choices, FieldLabel, TextField, Wrong, describedBy } from '@/components/administration/form-parts'
import { useSettled } from '@/components/administration/use-settled'
import { words as administration } from '@/components/administration/words'
import { Combobox } from '@/components/certificate-form/combobox'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { useType } from '@/components/type-in-force'
import { choicesOf } from '@/lib/certificate-types/type'
import { problemsIn, type RecallValues } from './recall-values'
import { useBatches } from './use-recalls'
import { words } from './words'

interface RecallFormProps {
  values: RecallValues
  onChange: (values: RecallValues) => void
  onSubmit: () => void
}

const text = words.form

export function RecallForm({ values, onChange, onSubmit }: RecallFormProps) {
  const { operator, timeZone } = usePlace()
  const type = useType()
  const [problems, setProblems] = useState<FormProblem[]>([])
  const [turn, setTurn] = useState(0)
  const known = useBatches(useSettled(values.batch.trim()))
  const set = (change: Partial<RecallValues>) => onChange({ ...values, ...change })
  const asksFacility = operator.isEverywhere || operator.isDistrict
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsIn(values, timeZone)
    if (asksFacility && pickedIn(values.facility) === null) {
      found.push({ target: FACILITY_ID, message: administration.operators.facilityMissing })
    }
    setProblems(found)
    setTurn((n) => n + 1)
    if (found.length === 0) onSubmit()
  }
  const pickBatch = (batch: string) => {
    const same = known.filter((one) => one.batch === batch)
    const isCertain = same.length === 1 && values.vaccine === ''
    set({ batch, ...(isCertain ? { vaccine: same[0]!.vaccine } : {}) })
  }
  const combobox = (id: 'batch' | 'vaccine' | 'manufacturer', label: string, hint: string, options: string[]) => (
    <div className="space-y-1.5">
      <FieldLabel id={id} label={label} hint={hint} problems={problems} />
      <Combobox
        id={id}
        value={values[id]}
        onChange={id === 'batch' ? pickBatch : (value) => set({ [id]: value })}
        options={[...new Set(options)].filter((option) => option !== '')}
        describedBy={describedBy({ id, label, hint, problems })}
        invalid={problems.some(({ target }) => target === id)}
        changed={false}
      />
    </div>
  )
  return (
    <form noValidate onSubmit={submit} className="space-y-6">
      <ErrorSummary problems={problems} turn={turn} />
      <section aria-labelledby="which" className="sheet space-y-5 px-5 py-6 sm:px-7">
        <h2 id="which" className="text-lg">
          {text.which}
        </h2>
        {combobox(
          'batch',
          text.batch,
          text.batchHint,
          known.map((one) => one.batch),
        )}
        {combobox('vaccine', text.vaccine, '', [...known.map((one) => one.vaccine), ...choicesOf(type, 'vaccines')])}
        {combobox('manufacturer', text.manufacturer, text.manufacturerHint, [
          ...known.map((one) => one.manufacturer),
          ...choicesOf(type, 'manufacturers'),
        ])}
        <fieldset>
          <legend className="text-sm font-semibold">{text.days}</legend>
          <div className="mt-1.5 grid gap-4 sm:grid-cols-2">
            <DayField
              id="from"
              label={text.from}
              value={values.from}
              onChange={(from) => set({ from })}
              problems={problems}
            />
            <DayField id="to" label={text.to} value={values.to} onChange={(to) => set({ to })} problems={problems} />
          </div>
        </fieldset>
        {asksFacility && (
          <FacilityChoice
            pick={values.facility}
            onPick={(facility) => set({ facility })}
            hints={{ all: operator.isEverywhere ? text.facilityAllHint : undefined, one: text.facilityOneHint }}
            problems={problems}
          />
        )}
      </section>
      <section aria-labelledby="what" className="sheet space-y-5 px-5 py-6 sm:px-7">
        <h2 id="what" className="text-lg">
          {text.what}
        </h2>
        <Choices
          legend={text.how}
          name="action"
          value={values.action}
          onChange={(action) => set({ action })}
          options={[
            { value: 'suspend', label: text.suspend, hint: text.suspendHint },
            { value: 'revoke', label: text.revoke, hint: text.revokeHint },
          ]}
        />
        {values.action === 'suspend' && (
          <Choices
            legend={text.end}
            name="end"
            value={values.end}
            onChange={(end) => set({ end })}
            options={[
              { value: 'open', label: text.endOpen },
              {
                value: 'day',
                label: text.endDay,
                more: (
                  <DayField
                    id="lastDay"
                    label={text.endDayLabel}
                    value={values.lastDay}
                    onChange={(lastDay) => set({ lastDay })}
                    problems={problems}
                  />
                ),
              },
            ]}
          />
        )}
        <TextField
          id="reason"
          label={text.reason}
          hint={text.reasonHint}
          value={values.reason}
          onChange={(reason) => set({ reason })}
          problems={problems}
          lines={3}
        />
      </section>
      <Button type="submit" kind="main" className="max-sm:w-full">
        {text.submit}
      </Button>
    </form>
  )
}

interface DayFieldProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  problems: FormProblem[]
}

function DayField({ id, label, value, onChange, problems }: DayFieldProps) {
  const wrong = problems.some(({ target }) => target === id)
  return (
    <div>
      <label htmlFor={id} className="block text-sm">
        {label}
      </label>
      <Wrong id={id} problems={problems} />
      <input
        id={id}
        type="date"
        min="1900-01-01"
        max="2199-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-error` : undefined}
        className={`numbers mt-1 min-h-11 w-full rounded-control border bg-sheet px-3 ${wrong ? 'border-stop' : 'border-edge'}`}
      />
    </div>
  )
}
