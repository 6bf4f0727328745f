'use client'
/** A new field: what people call it is enough, everything else is proposed. */
import { useState } from 'react'
import { TextField, Tick } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import type { FormProblem } from '@/components/ui/error-summary'
import { proposedPlaces } from '@/lib/certificate-types/change-credential'
import { fieldsIn, type DraftSection, type DraftType } from '@/lib/certificate-types/draft'
import { proposedPath } from '@/lib/certificate-types/names-of-fields'
import { SelectField } from '../select-field'
import { words } from '../words'
import type { Changing } from './changing'
import { LabelsEditor } from './labels-editor'

const NAME = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/

interface AddFieldProps {
  type: DraftType
  section: DraftSection
  changing: Changing
  /** With the label of the field that was added; without it, nothing was. */
  onClose: (label?: string) => void
}

export function AddField({ type, section, changing, onClose }: AddFieldProps) {
  const [label, setLabel] = useState('')
  const [labels, setLabels] = useState<Record<string, string> | undefined>(undefined)
  const [kind, setKind] = useState('text')
  const [named, setNamed] = useState<string | null>(null)
  const [flags, setFlags] = useState({ required: false, printed: true, signed: true, verified: true })
  const [problems, setProblems] = useState<FormProblem[]>([])
  const path = named ?? proposedPath(type, section.id, label)
  const id = (name: string) => `new-field-${section.id}-${name}`
  const canBeSigned = kind !== 'contacts'
  const tick = (name: keyof typeof flags, text: string, hint: string) => (
    <Tick
      id={id(name)}
      label={text}
      hint={hint}
      checked={flags[name]}
      onChange={(on) => setFlags({ ...flags, [name]: on })}
    />
  )
  const add = () => {
    const wrong = wrongIn(type, section, label, path, id)
    setProblems(wrong)
    if (wrong[0]) return document.getElementById(wrong[0].target)?.focus()
    const signed = flags.signed && canBeSigned
    changing.change({
      do: 'addField',
      section: section.id,
      field: {
        path,
        kind,
        label: label.trim(),
        ...(labels && { labels }),
        ...(flags.required && { required: true }),
        ...(flags.printed && { printed: true }),
        ...(kind === 'code' && { codeList: Object.keys(type.codeLists)[0] }),
      },
      places: signed ? proposedPlaces(type, path) : {},
      verified: signed && flags.verified,
    })
    onClose(label)
    requestAnimationFrame(() => document.getElementById(`row-${path}`)?.focus())
  }
  return (
    <div role="group" aria-label={words.fields.addTitle} className="space-y-4">
      <p className="font-semibold">{words.fields.addTitle}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id={id('label')}
          label={words.fields.label}
          hint={words.fields.labelHint}
          problems={problems}
          value={label}
          onChange={setLabel}
        />
        <SelectField
          id={id('kind')}
          label={words.fields.kind}
          value={kind}
          onChange={setKind}
          options={Object.entries(words.kinds).map(([value, text]) => ({ value, label: text }))}
        />
      </div>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {tick('required', words.fields.required, words.fields.requiredHint)}
        {tick('printed', words.fields.printed, words.fields.printedHint)}
        {canBeSigned && tick('signed', words.fields.signed, words.fields.signedHint)}
        {canBeSigned && flags.signed && tick('verified', words.fields.verified, words.fields.verifiedHint)}
      </div>
      <details open={problems.some(({ target }) => target === id('path')) || undefined}>
        <summary className="min-h-11 py-2.5 text-sm font-semibold text-act">{words.fields.more}</summary>
        <div className="space-y-4 pt-2">
          <TextField
            id={id('path')}
            label={words.fields.path}
            hint={words.fields.pathHint}
            problems={problems}
            value={path}
            onChange={setNamed}
            ltr
          />
          <LabelsEditor
            id={id('labels')}
            legend={words.fields.labels}
            labels={labels}
            alsoIn={type.alsoIn}
            onChange={setLabels}
          />
        </div>
      </details>
      <div className="flex flex-wrap gap-3">
        <Button kind="main" onClick={add}>
          {words.fields.addSubmit}
        </Button>
        <Button onClick={() => onClose()}>{words.fields.cancel}</Button>
      </div>
    </div>
  )
}

function wrongIn(
  type: DraftType,
  { id: section }: DraftSection,
  label: string,
  path: string,
  id: (name: string) => string,
): FormProblem[] {
  const wrong: FormProblem[] = []
  if (label.trim() === '') wrong.push({ target: id('label'), message: words.fields.labelMissing })
  if (!NAME.test(path) || !path.startsWith(`${section}.`))
    wrong.push({ target: id('path'), message: words.fields.pathWrong })
  else if (fieldsIn(type).some((field) => field.path === path))
    wrong.push({ target: id('path'), message: words.fields.pathTaken })
  return wrong
}
