'use client'
/** Where a value stands in each form of the credential. Taken over when one leaves the box: half a place is none. */
import { useState } from 'react'
import { TextField } from '@/components/administration/form-parts'
import type { Places } from '@/lib/certificate-types/change-credential'
import { templateIn, TEMPLATES, type DraftType, type Template } from '@/lib/certificate-types/draft'
import { words } from '../words'

const PLACE = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/

interface PlacesEditorProps {
  id: string
  type: DraftType
  places: Places
  onChange: (places: Places) => void
}

export function PlacesEditor({ id, type, places, onChange }: PlacesEditorProps) {
  return (
    <fieldset className="rounded-control border border-line px-4 pt-2 pb-4">
      <legend className="px-1 text-sm font-semibold">{words.fields.places}</legend>
      <p className="text-sm text-ink-3">{words.fields.placesHint}</p>
      <div className="mt-3 space-y-3">
        {TEMPLATES.filter((template) => templateIn(type, template)).map((template) => (
          <PlaceField
            key={`${template} ${places[template] ?? ''}`}
            id={`${id}-${template}`}
            template={template}
            place={places[template] ?? ''}
            onSettle={(place) => onChange({ ...places, [template]: place || undefined })}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface PlaceFieldProps {
  id: string
  template: Template
  place: string
  onSettle: (place: string) => void
}

function PlaceField({ id, template, place, onSettle }: PlaceFieldProps) {
  const [typed, setTyped] = useState(place)
  const settle = () => {
    if (typed !== place && (typed === '' || PLACE.test(typed))) onSettle(typed)
    else setTyped(place)
  }
  return (
    <div onBlur={settle}>
      <TextField
        id={id}
        label={words.compare.templates[template] ?? template}
        problems={[]}
        value={typed}
        onChange={setTyped}
        ltr
      />
    </div>
  )
}
