'use client'
/** Everything that can be said of one field, as controls. */
import { TextField, Tick } from '@/components/administration/form-parts'
import { SelectField } from '../select-field'
import { isVerified } from '@/lib/certificate-types/change-fields'
import { firstPlaces, proposedPlaces } from '@/lib/certificate-types/change-credential'
import type { DraftField, DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import type { Changing } from './changing'
import { FieldLimits } from './field-limits'
import { LabelsEditor } from './labels-editor'
import { PlacesEditor } from './places-editor'
import type { Finding } from './use-check'

const WHO = ['', 'mandatory', 'optional'] as const

interface FieldEditorProps {
  type: DraftType
  field: DraftField
  problems: Finding[]
  changing: Changing
}

export function FieldEditor({ type, field, problems, changing }: FieldEditorProps) {
  const { path, label, labels, kind } = field
  const id = (name: string) => `field-${path}-${name}`
  const set = (values: Partial<DraftField>) => changing.change({ do: 'changeField', path, values })
  const tick = (name: 'required' | 'masked' | 'printed', text: string, hint: string) => (
    <Tick
      id={id(name)}
      label={text}
      hint={hint}
      checked={field[name] === true}
      onChange={(on) => set({ [name]: on || undefined })}
    />
  )
  const places = firstPlaces(type, path)
  const signed = Object.keys(places).length > 0
  return (
    <div className="space-y-4 border-t border-line bg-paper px-5 py-4">
      {problems.length > 0 && (
        <ul className="space-y-1">
          {problems.map(({ path: pointer, message }, index) => (
            <li key={index} className="text-sm font-semibold text-stop">
              {message} <span className="font-mono text-xs font-normal text-ink-3">{pointer}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id={id('label')}
          label={words.fields.label}
          problems={[]}
          value={label}
          onChange={(value) => set({ label: value })}
        />
        <SelectField
          id={id('kind')}
          label={words.fields.kind}
          value={kind}
          onChange={(value) => set({ kind: value })}
          options={Object.entries(words.kinds).map(([value, text]) => ({ value, label: text }))}
        />
      </div>
      <p className="text-sm text-ink-2">
        {words.fields.path}: <bdi className="font-mono text-xs">{path}</bdi>
      </p>
      <LabelsEditor
        id={id('labels')}
        legend={words.fields.labels}
        labels={labels}
        alsoIn={type.alsoIn}
        onChange={(value) => set({ labels: value })}
      />
      <div className="grid gap-x-4 sm:grid-cols-2">
        {tick('required', words.fields.required, words.fields.requiredHint)}
        {tick('printed', words.fields.printed, words.fields.printedHint)}
        {tick('masked', words.fields.masked, words.fields.maskedHint)}
        <Tick
          id={id('verified')}
          label={words.fields.verified}
          hint={words.fields.verifiedHint}
          checked={isVerified(type, path)}
          onChange={(verified) => changing.change({ do: 'showField', path, verified })}
        />
        <Tick
          id={id('signed')}
          label={words.fields.signed}
          hint={words.fields.signedHint}
          checked={signed}
          onChange={(on) => changing.change({ do: 'placeField', path, places: on ? proposedPlaces(type, path) : {} })}
        />
        <Tick
          id={id('lock')}
          label={words.fields.lock}
          checked={field.locked !== undefined}
          onChange={(on) => set({ locked: on ? `${label} cannot be corrected.` : undefined })}
        />
      </div>
      {field.locked !== undefined && (
        <TextField
          id={id('locked')}
          label={words.fields.lockReason}
          problems={[]}
          value={String(field.locked)}
          onChange={(value) => set({ locked: value })}
        />
      )}
      {signed && (
        <PlacesEditor
          id={id('place')}
          type={type}
          places={places}
          onChange={(next) => changing.change({ do: 'placeField', path, places: next })}
        />
      )}
      <SelectField
        id={id('who')}
        label={words.fields.who}
        value={String(field.who ?? '')}
        onChange={(value) => set({ who: value || undefined })}
        options={WHO.map((value) => ({ value, label: words.fields.whoOptions[value] }))}
      />
      <FieldLimits type={type} field={field} id={id} set={set} />
    </div>
  )
}
