'use client'
/** Code, name, district and other names of a facility. */
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { FacilityView } from '@/lib/people/answers'
import { TextField } from './form-parts'
import { useSaving } from './use-saving'
import { words } from './words'

export interface FacilityDetails {
  code: string
  name: string
  district: string | null
  aliases: string[]
}

const FORM = 'facility-form'
const FIELDS = {
  '/code': { id: 'code', label: words.facilities.code },
  '/name': { id: 'name', label: words.facilities.name },
  '/district': { id: 'district', label: words.facilities.district },
  '/aliases': { id: 'aliases', label: words.facilities.aliases },
}

interface FacilityFormProps {
  /** null = a new one. */
  facility: FacilityView | null
  send: (details: FacilityDetails) => Promise<FacilityView>
  done: (facility: FacilityView) => void
}

export function FacilityForm({ facility, send, done }: FacilityFormProps) {
  const [code, setCode] = useState('')
  const [name, setName] = useState(facility?.name ?? '')
  const [district, setDistrict] = useState(facility?.district ?? '')
  const [aliases, setAliases] = useState(facility?.aliases.join('\n') ?? '')
  const saving = useSaving(FIELDS, FORM)
  const { problems } = saving
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lines = aliases.split('\n').map((line) => line.trim())
    const details = { code, name, district: district.trim() || null, aliases: lines.filter((line) => line !== '') }
    void saving.run(() => send(details), done)
  }
  return (
    <form id={FORM} tabIndex={-1} noValidate onSubmit={submit} className="space-y-5 focus-visible:shadow-none">
      <ErrorSummary problems={problems} turn={saving.turn} />
      {facility === null && (
        <TextField
          id="code"
          label={words.facilities.code}
          hint={words.facilities.codeHint}
          value={code}
          onChange={setCode}
          problems={problems}
          ltr
        />
      )}
      <TextField
        id="name"
        label={words.facilities.name}
        hint={words.facilities.nameHint}
        value={name}
        onChange={setName}
        problems={problems}
      />
      <TextField
        id="district"
        label={words.facilities.district}
        hint={words.facilities.districtHint}
        value={district}
        onChange={setDistrict}
        problems={problems}
      />
      <TextField
        id="aliases"
        label={words.facilities.aliases}
        hint={words.facilities.aliasesHint}
        value={aliases}
        onChange={setAliases}
        problems={problems}
        lines={4}
      />
      <Button type="submit" kind="main" busy={saving.busy} className="max-sm:w-full">
        {saving.busy ? words.saving : facility === null ? words.facilities.addSubmit : words.save}
      </Button>
    </form>
  )
}
