'use client'
/** What a field takes: its code list or values, its length, its unit. */
import { useState } from 'react'
import { TextField, Tick } from '@/components/administration/form-parts'
import type { DraftField, DraftType } from '@/lib/certificate-types/draft'
import { SelectField } from '../select-field'
import { words } from '../words'

interface FieldLimitsProps {
  type: DraftType
  field: DraftField
  id: (name: string) => string
  set: (values: Partial<DraftField>) => void
}

const TEXTS = ['text', 'choice', 'code', 'identifier']

export function FieldLimits({ type, field, id, set }: FieldLimitsProps) {
  const { kind } = field
  const number = (name: 'minLength' | 'maxLength' | 'minimum' | 'maximum', hint?: string) => (
    <TextField
      id={id(name)}
      label={words.fields[name]}
      hint={hint}
      problems={[]}
      numeric
      ltr
      value={field[name] === undefined ? '' : String(field[name])}
      onChange={(text) => set({ [name]: text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text })}
    />
  )
  const text = (name: 'hint' | 'unit', label: string) => (
    <TextField
      id={id(name)}
      label={label}
      problems={[]}
      value={String(field[name] ?? '')}
      onChange={(value) => set({ [name]: value || undefined })}
    />
  )
  return (
    <>
      {kind === 'code' && (
        <SelectField
          id={id('codeList')}
          label={words.fields.codeList}
          value={String(field.codeList ?? '')}
          onChange={(value) => set({ codeList: value || undefined })}
          options={['', ...Object.keys(type.codeLists)].map((value) => ({ value, label: value || '–' }))}
        />
      )}
      {kind === 'choice' && (
        <Values id={id('options')} name="options" hint={words.fields.optionsHint} field={field} set={set} />
      )}
      {TEXTS.includes(kind) && (
        <Values id={id('allowed')} name="allowed" hint={words.fields.allowedHint} field={field} set={set} />
      )}
      <details>
        <summary className="min-h-11 py-2.5 text-sm font-semibold text-act">{words.fields.more}</summary>
        <div className="grid gap-4 pt-2 sm:grid-cols-2">
          {text('hint', words.fields.hintField)}
          {kind === 'wholeNumber' ? number('minimum') : number('minLength')}
          {kind === 'wholeNumber' ? number('maximum') : number('maxLength', words.fields.maxLengthHint)}
          {text('unit', words.fields.unit)}
          <Tick
            id={id('half')}
            label={words.fields.half}
            checked={field.half === true}
            onChange={(on) => set({ half: on || undefined })}
          />
        </div>
      </details>
    </>
  )
}

interface ValuesProps {
  id: string
  name: 'options' | 'allowed'
  hint: string
  field: DraftField
  set: (values: Partial<DraftField>) => void
}

/** One on each line. What is typed stays as typed while somebody types, empty lines too. */
function Values({ id, name, hint, field, set }: ValuesProps) {
  const present = Array.isArray(field[name]) ? (field[name] as unknown[]).map(String) : []
  const [typed, setTyped] = useState(present.join('\n'))
  const shown = linesIn(typed).join('\n') === present.join('\n') ? typed : present.join('\n')
  return (
    <TextField
      id={id}
      label={words.fields[name]}
      hint={hint}
      problems={[]}
      lines={3}
      value={shown}
      onChange={(text) => {
        setTyped(text)
        const lines = linesIn(text)
        set({ [name]: lines.length === 0 ? undefined : lines })
      }}
    />
  )
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
