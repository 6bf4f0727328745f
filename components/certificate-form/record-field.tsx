'use client'
/** One field of the record, drawn from its kind in the certificate type. */
import { ChevronDown, Lock } from 'lucide-react'
import { memo, useState } from 'react'
import { useController, type Control as FormControl } from 'react-hook-form'
import { offeredBy, shownValue } from '@/components/display'
import { MoveLink, moveLabel } from '@/components/move-dose/move-link'
import { revealedText, useHiddenValues } from '@/components/openings/hidden-values'
import { words as openings } from '@/components/openings/words'
import { usePlace } from '@/components/place'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { Change } from '@/lib/api/contract'
import { lockOf, type Field } from '@/lib/certificate-types/type'
import { holdsHidden } from '@/lib/certificates/hidden'
import { Combobox } from './combobox'
import { ContactsControl } from './contacts-control'
import { boxClass, type ControlProps } from './controls'
import { DateControl } from './date-control'
import { controlId, describedBy, FieldFrame } from './field-frame'
import { sentenceFor } from './problems'
import { ProposedValue } from './proposals'
import { nameOf, type Steps } from './use-correction'
import type { FormValues } from './values'

interface RecordFieldProps {
  field: Field
  control: FormControl<FormValues>
  steps: Steps
  /** What the certificate says, as the form edits it. */
  before: unknown
  change: Change | undefined
  advice: string | undefined
  /** Shows a masked value from the start: somebody asked to change it. */
  revealed: boolean
}

/** The kind of the field decides what its value is: text, or a list of texts. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyControl = ControlProps<any>

/** Drawn anew when something of its own changes, not with every letter in another field. */
export const RecordField = memo(OneRecordField, (was, is) =>
  (Object.keys(is) as (keyof RecordFieldProps)[]).every((key) =>
    key === 'change' ? isSameChange(was.change, is.change) : was[key] === is[key],
  ),
)

function isSameChange(one: Change | undefined, other: Change | undefined): boolean {
  return one === other || (one?.before === other?.before && one?.after === other?.after && !one === !other)
}

function OneRecordField({ field, control: form, steps, before, change, advice, revealed }: RecordFieldProps) {
  const [open, setOpen] = useState(!field.masked || revealed)
  const { field: control, fieldState } = useController({ name: nameOf(field.path), control: form })
  const locked = lockOf(useType(), field)
  const error = sentenceFor(field, fieldState.error)
  const { values, markerOf, ask } = useHiddenValues()
  const stored = control.value as string | string[]
  // What is hidden stays a marker in the form, whoever looks at its value meanwhile: it is kept, not sent back.
  const known = field.masked ? revealedText(stored, values) : stored
  const kept = field.masked && holdsHidden(stored)
  const hidden = kept && (known === null || !open)
  const put = (value: unknown) => {
    steps.touched(field.path)
    control.onChange(value)
  }
  const marked = (text: string) => markerOf(field.path, text) ?? text
  const common: AnyControl = {
    id: controlId(field.path),
    value: (known ?? stored) as never,
    onChange: (value: unknown) =>
      put(!field.masked ? value : Array.isArray(value) ? value.map(marked) : marked(String(value))),
    describedBy: describedBy(field, { error, change, advice }),
    invalid: error !== undefined,
    changed: change !== undefined,
  }
  const many =
    locked === undefined &&
    (field.kind === 'date' || field.kind === 'instant' || (field.kind === 'contacts' && !hidden))
  return (
    <FieldFrame
      field={field}
      change={change}
      error={error}
      advice={advice}
      many={many}
      open={!hidden}
      onUndo={() => steps.undo(field.path)}
      below={<ProposedValue field={field} change={change} onUse={common.onChange} />}
      corner={
        kept && (
          <span className="flex gap-3">
            {ask && (
              <button
                type="button"
                aria-pressed={!hidden}
                aria-label={hidden ? words.record.revealField(field.label) : words.record.hideField(field.label)}
                className="link min-h-6 text-xs"
                onClick={() => (!hidden ? setOpen(false) : known === null ? ask(() => setOpen(true)) : setOpen(true))}
              >
                {hidden ? words.correct.reveal : words.correct.hide}
              </button>
            )}
            {hidden && (
              <button
                type="button"
                aria-label={openings.replaceField(field.label)}
                className="link min-h-6 text-xs"
                onClick={() => {
                  put(field.kind === 'contacts' ? [''] : '')
                  // The field that takes its place is there after this has been drawn.
                  setTimeout(() => document.getElementById(controlId(field.path))?.focus())
                }}
              >
                {openings.replace}
              </button>
            )}
          </span>
        )
      }
    >
      {locked !== undefined ? (
        <LockedControl
          field={field}
          reason={locked}
          value={String(control.value ?? '')}
          describedBy={common.describedBy}
        />
      ) : hidden ? (
        <HiddenControl field={field} {...common} />
      ) : (
        <Control field={field} common={common} before={shownBefore(before, values)} />
      )}
    </FieldFrame>
  )
}

/** What the certificate says, with revealed values in the place of their markers; how a hidden one is written nobody knows. */
function shownBefore(before: unknown, values: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(before)) return before.map((one: string) => revealedText(one, values) ?? '')
  return typeof before === 'string' ? (revealedText(before, values) ?? '') : before
}

/** The control for a field's kind. */
export function Control({ field, common, before }: { field: Field; common: AnyControl; before: unknown }) {
  const options = offeredBy(useType(), field)
  if (field.allowed) {
    return <ChoiceControl {...common} options={options} required={field.required} before={String(before)} />
  }
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

function LockedControl({
  field,
  reason,
  value,
  describedBy,
}: { field: Field; reason: string } & Pick<ControlProps<string>, 'value' | 'describedBy'>) {
  const type = useType()
  const id = controlId(field.path)
  return (
    <>
      <div className="relative">
        <input
          id={id}
          readOnly
          dir="ltr"
          value={field.kind === 'instant' ? value.replace('T', ' ') : value}
          aria-describedby={[`${id}-locked`, describedBy].filter(Boolean).join(' ')}
          className="numbers min-h-10 w-full rounded-control border border-line bg-mute-soft px-3 pe-9 text-[0.9375rem] text-ink-2"
        />
        <Lock aria-hidden className="absolute end-3 top-1/2 size-4 -translate-y-1/2 text-ink-3" />
      </div>
      <p id={`${id}-locked`} className="mt-1 text-xs text-ink-3">
        {reason} {field.path === type.lineage.sequence && <MoveLink label={moveLabel(type)} />}
      </p>
    </>
  )
}

/** Dots instead of the value; typing needs Reveal or Replace first, so that nothing is overwritten unseen. */
function HiddenControl({ field, value, id, describedBy, changed }: { field: Field } & ControlProps<unknown>) {
  const { timeZone } = usePlace()
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
  return (
    <input
      id={id}
      readOnly
      dir="ltr"
      aria-describedby={describedBy}
      value={shownValue(field, text, timeZone)}
      className={`numbers ${boxClass({ invalid: false, changed })} text-ink-2`}
    />
  )
}
