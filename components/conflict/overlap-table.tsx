'use client'
/** What both changed, side by side, with a choice for each field: yours, theirs, or another value. */
import { Fragment } from 'react'
import { Control } from '@/components/certificate-form/record-field'
import type { Field } from '@/lib/certificate-types/type'
import { FormValue } from './form-value'
import type { Overlap } from './merge'
import { TableCell, TableHeads } from './table-cell'
import { conflictWords } from './words'

export type Choice = { take: 'yours' | 'theirs' } | { take: 'another'; value: unknown }

/** The value that a choice stands for, as the form holds it. */
export function chosenValue(overlap: Overlap, choice: Choice): unknown {
  return choice.take === 'another' ? choice.value : overlap[choice.take]
}

/** Id of the first choice of a field. */
export function choiceId(field: Field): string {
  return `choose-${field.path.replaceAll('.', '-')}`
}

const HEADS = [
  conflictWords.field,
  conflictWords.started,
  conflictWords.yours,
  conflictWords.theirs,
  conflictWords.choose,
]

interface OverlapTableProps {
  overlaps: Overlap[]
  /** By path; nothing is chosen at first. */
  choices: Record<string, Choice>
  /** Paths without a choice that were asked for. */
  wrong: Set<string>
  onChoose: (path: string, choice: Choice) => void
}

export function OverlapTable({ overlaps, choices, wrong, onChoose }: OverlapTableProps) {
  return (
    <div className="sheet mt-3 overflow-hidden">
      <table className="w-full text-[0.9375rem] max-sm:block">
        <caption className="sr-only">{conflictWords.chooseTitle}</caption>
        <TableHeads heads={HEADS} />
        <tbody className="max-sm:block">
          {overlaps.map((overlap) => {
            const { field } = overlap
            const choice = choices[field.path]
            return (
              <Fragment key={field.path}>
                <tr
                  className={`align-top max-sm:block max-sm:py-3 ${choice?.take === 'another' ? '' : 'border-b border-line last:border-0'}`}
                >
                  <th scope="row" className="px-5 py-3 text-start font-semibold max-sm:block max-sm:py-1">
                    {field.label}
                  </th>
                  <TableCell head={HEADS[1]!}>
                    <FormValue field={field} value={overlap.base} />
                  </TableCell>
                  <TableCell head={HEADS[2]!}>
                    <FormValue field={field} value={overlap.yours} before={overlap.base} />
                  </TableCell>
                  <TableCell head={HEADS[3]!}>
                    <FormValue field={field} value={overlap.theirs} before={overlap.base} />
                  </TableCell>
                  <TableCell head={HEADS[4]!}>
                    <Choices
                      field={field}
                      choice={choice}
                      wrong={wrong.has(field.path)}
                      onChoose={(take) =>
                        onChoose(field.path, take === 'another' ? { take, value: overlap.yours } : { take })
                      }
                    />
                  </TableCell>
                </tr>
                {choice?.take === 'another' && (
                  <tr className="border-b border-line last:border-0 max-sm:block">
                    <td colSpan={5} className="px-5 pb-4 max-sm:block">
                      <Another
                        overlap={overlap}
                        value={choice.value}
                        onChange={(value) => onChoose(field.path, { take: 'another', value })}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface ChoicesProps {
  field: Field
  choice: Choice | undefined
  wrong: boolean
  onChoose: (take: Choice['take']) => void
}

function Choices({ field, choice, wrong, onChoose }: ChoicesProps) {
  const id = choiceId(field)
  const options = { yours: conflictWords.yours, theirs: conflictWords.theirs, another: conflictWords.another }
  return (
    <fieldset aria-describedby={wrong ? `${id}-error` : undefined} className={wrong ? '' : '-mt-2.5'}>
      <legend className="sr-only">{conflictWords.which(field.label)}</legend>
      {wrong && (
        <p id={`${id}-error`} className="text-sm font-semibold text-stop">
          {conflictWords.missing(field.label)}
        </p>
      )}
      {Object.entries(options).map(([take, label], index) => (
        <label key={take} className="flex min-h-11 items-center gap-2.5 whitespace-nowrap sm:-my-0.5">
          <input
            type="radio"
            id={index === 0 ? id : undefined}
            name={id}
            value={take}
            checked={choice?.take === take}
            onChange={() => onChoose(take as Choice['take'])}
            className={`size-[1.125rem] shrink-0 appearance-none rounded-full border bg-sheet checked:border-[5.5px] checked:border-act ${
              wrong ? 'border-stop' : 'border-edge'
            }`}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

interface AnotherProps {
  overlap: Overlap
  value: unknown
  onChange: (value: unknown) => void
}

function Another({ overlap: { field, base }, value, onChange }: AnotherProps) {
  const id = `${choiceId(field)}-another`
  const many = field.kind === 'date' || field.kind === 'instant' || field.kind === 'contacts'
  const Label = many ? 'span' : 'label'
  return (
    <div role={many ? 'group' : undefined} aria-labelledby={many ? `${id}-label` : undefined} className="max-w-md">
      <Label id={`${id}-label`} htmlFor={many ? undefined : id} className="mb-1 block text-sm font-semibold">
        {conflictWords.anotherLabel(field.label)}
      </Label>
      <Control
        field={field}
        before={base}
        common={{ id, value, onChange, describedBy: undefined, invalid: false, changed: false }}
      />
    </div>
  )
}
