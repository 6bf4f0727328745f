'use client'
/** One field of the record, drawn from its kind in the certificate type. */
import { ChevronDown, Lock } from 'lucide-react'
import { useState } from 'react'
import { get, useController } from 'react-hook-form'
import { masked, offeredBy, shownValue } from '@/components/display'
import { MoveLink } from '@/components/move-dose/move-link'
import { usePlace } from '@/components/place'
import { words } from '@/components/words'
import { VACCINATION, type Field } from '@/lib/certificate-types/type'
import { Combobox } from './combobox'
import { ContactsControl } from './contacts-control'
import { boxClass, type ControlProps } from './controls'
import { DateControl } from './date-control'
import { controlId, describedBy, FieldFrame } from './field-frame'
import { sentenceFor } from './problems'
import { ProposedValue } from './proposals'
import { nameOf, type Correction } from './use-correction'
import type { FormValues } from './values'

interface RecordFieldProps {
  field: Field
  correction: Correction
  initial: FormValues
  advice: string | undefined
  /** Shows a masked value from the start: somebody asked to change it. */
  revealed: boolean
}

/** The kind of the field decides what its value is: text, or a list of texts. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyControl = ControlProps<any>

export function RecordField({ field, correction, initial, advice, revealed }: RecordFieldProps) {
  const [open, setOpen] = useState(!field.masked || revealed)
  const { field: control, fieldState } = useController({ name: nameOf(field.path), control: correction.form.control })
  const change = correction.changes.get(field.path)
  const error = sentenceFor(field, fieldState.error)
  const hidden = !open && !error
  const common: AnyControl = {
    id: controlId(field.path),
    value: control.value as never,
    onChange: (value: unknown) => {
      correction.touched(field.path)
      control.onChange(value)
    },
    describedBy: describedBy(field, { error, change, advice }),
    invalid: error !== undefined,
    changed: change !== undefined,
  }
  const many = field.kind === 'date' || field.kind === 'instant' || (field.kind === 'contacts' && !hidden)
  return (
    <FieldFrame
      field={field}
      change={change}
      error={error}
      advice={advice}
      many={many}
      open={!hidden}
      onUndo={() => correction.undo(field.path)}
      below={<ProposedValue field={field} change={change} open={!hidden} onUse={common.onChange} />}
      corner={
        field.masked && (
          <button
            type="button"
            aria-pressed={open}
            aria-label={open ? words.record.hideField(field.label) : words.record.revealField(field.label)}
            className="link min-h-6 text-xs"
            onClick={() => setOpen(!open)}
          >
            {open ? words.correct.hide : words.correct.reveal}
          </button>
        )
      }
    >
      {field.locked !== undefined ? (
        <LockedControl field={field} value={String(control.value ?? '')} />
      ) : hidden ? (
        <HiddenControl field={field} {...common} />
      ) : (
        <Control field={field} common={common} before={get(initial, nameOf(field.path)) as unknown} />
      )}
    </FieldFrame>
  )
}

/** The control for a field's kind. */
export function Control({ field, common, before }: { field: Field; common: AnyControl; before: unknown }) {
  const options = offeredBy(VACCINATION, field)
  switch (field.kind) {
    case 'date':
    case 'instant':
      return <DateControl {...common} time={field.kind === 'instant'} labelledBy={`${common.id}-label`} />
    case 'contacts':
      return <ContactsControl {...common} label={field.label} before={before as string[]} />
    case 'choice':
      return <ChoiceControl {...common} options={options} required={field.required} before={String(before)} />
    case 'code':
      return <Combobox {...common} options={options} />
    default:
      return <TextControl {...common} field={field} />
  }
}

function TextControl({
  field,
  id,
  value,
  onChange,
  describedBy,
  invalid,
  changed,
}: ControlProps<string> & { field: Field }) {
  const numeric = field.kind === 'wholeNumber' || field.kind === 'age'
  return (
    <input
      id={id}
      type="text"
      dir={field.ltr || field.kind === 'identifier' || numeric ? 'ltr' : 'auto'}
      inputMode={numeric ? 'numeric' : undefined}
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${boxClass({ invalid, changed })} ${field.ltr || numeric || field.kind === 'identifier' ? 'numbers' : ''}`}
    />
  )
}

interface ChoiceControlProps extends ControlProps<string> {
  options: string[]
  required: boolean
  before: string
}

/** A value that the type does not offer but the certificate has stays available. */
function ChoiceControl({
  id,
  value,
  onChange,
  options,
  required,
  before,
  describedBy,
  invalid,
  changed,
}: ChoiceControlProps) {
  const all = before !== '' && !options.includes(before) ? [before, ...options] : options
  return (
    <div className="relative">
      <select
        id={id}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${boxClass({ invalid, changed })} appearance-none pe-9`}
      >
        {(!required || before === '') && <option value="">{words.correct.choose}</option>}
        {all.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
    </div>
  )
}

function LockedControl({ field, value }: { field: Field; value: string }) {
  const id = controlId(field.path)
  return (
    <>
      <div className="relative">
        <input
          id={id}
          readOnly
          dir="ltr"
          value={value}
          aria-describedby={`${id}-locked`}
          className="numbers min-h-10 w-full rounded-control border border-line bg-mute-soft px-3 pe-9 text-[0.9375rem] text-ink-2"
        />
        <Lock aria-hidden className="absolute end-3 top-1/2 size-4 -translate-y-1/2 text-ink-3" />
      </div>
      <p id={`${id}-locked`} className="mt-1 text-xs text-ink-3">
        {field.locked} {field.path === 'vaccination.dose' && <MoveLink />}
      </p>
    </>
  )
}

/** Dots instead of the value; typing needs Reveal first, so that nothing is overwritten unseen. */
function HiddenControl({ field, value, id, describedBy, changed }: { field: Field } & ControlProps<unknown>) {
  const { timeZone } = usePlace()
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
  return (
    <input
      id={id}
      readOnly
      dir="ltr"
      aria-describedby={describedBy}
      value={text === '' ? '' : masked(shownValue(field, text, timeZone))}
      className={`numbers ${boxClass({ invalid: false, changed })} text-ink-2`}
    />
  )
}
