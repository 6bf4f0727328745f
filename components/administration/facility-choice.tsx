'use client'
/** For all facilities, for one that is picked by a part of its name, or for those of a district. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Combobox } from '@/components/certificate-form/combobox'
import type { FormProblem } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import { Choices, describedBy, FieldLabel, TextField } from './form-parts'
import { useSettled } from './use-settled'
import { words } from './words'

export interface FacilityPick {
  scope: 'all' | 'one' | 'district'
  /** "Name (CODE)" once it is picked; whatever was typed until then. */
  text: string
  district?: string
}

export const FACILITY_ID = 'facility'
export const DISTRICT_ID = 'district'

/** Where a form for somebody new begins: nobody gets everything unless somebody says so. */
export const NO_PICK: FacilityPick = { scope: 'one', text: '' }

interface Belonging {
  facility: { code: string; name: string } | null
  district: string | null
}

/** The pick for what somebody has; neither = all. */
export function pickOf({ facility, district }: Belonging): FacilityPick {
  const text = facility ? labelOf(facility) : ''
  if (district !== null) return { scope: 'district', text, district }
  return { scope: facility ? 'one' : 'all', text }
}

/** What was picked; null = nothing from the list, or no district. In a district the own facility stays what it was. */
export function pickedIn({ scope, text, district = '' }: FacilityPick) {
  if (scope === 'all') return { facilityCode: null, district: null }
  const facilityCode = /\(([^()\s]+)\)$/.exec(text.trim())?.[1] ?? null
  if (scope === 'district') return district.trim() === '' ? null : { facilityCode, district: district.trim() }
  return facilityCode === null ? null : { facilityCode, district: null }
}

/** What is missing where nothing was picked. */
export function pickProblem({ scope }: FacilityPick): FormProblem {
  return scope === 'district'
    ? { target: DISTRICT_ID, message: words.operators.districtMissing }
    : { target: FACILITY_ID, message: words.operators.facilityMissing }
}

interface FacilityChoiceProps {
  pick: FacilityPick
  onPick: (pick: FacilityPick) => void
  /** Of what can be chosen here. */
  hints: { all?: string; one: string; district?: string }
  problems: FormProblem[]
}

export function FacilityChoice({ pick, onPick, hints, problems }: FacilityChoiceProps) {
  const typed = useSettled(pick.text.replace(/\s*\([^()\s]+\)$/, ''))
  const found = useQuery({
    queryKey: ['facilities', 'picked', typed],
    queryFn: () => call('GET /v3/facilities', { query: { q: typed } }),
    enabled: pick.scope === 'one',
    placeholderData: keepPreviousData,
  })
  const names = (found.data?.facilities ?? []).filter(({ disabled }) => !disabled).map(labelOf)
  const labelled = { id: FACILITY_ID, label: words.operators.facilityPick, problems }
  const wrong = problems.some(({ target }) => target === FACILITY_ID)
  const all = [
    { value: 'all', label: words.operators.facilityAll, hint: hints.all },
    {
      value: 'one',
      label: words.operators.facilityOne,
      hint: hints.one,
      more: (
        <div className="space-y-1.5">
          <FieldLabel {...labelled} />
          <Combobox
            id={FACILITY_ID}
            value={pick.text}
            onChange={(text) => onPick({ ...pick, text })}
            options={names}
            describedBy={describedBy(labelled)}
            invalid={wrong}
            changed={false}
          />
        </div>
      ),
    },
    {
      value: 'district',
      label: words.operators.districtOne,
      hint: hints.district,
      more: (
        <TextField
          id={DISTRICT_ID}
          label={words.operators.districtName}
          value={pick.district ?? ''}
          onChange={(district) => onPick({ ...pick, district })}
          problems={problems}
        />
      ),
    },
  ] as const
  return (
    <Choices
      legend={words.operators.facility}
      name="scope"
      value={pick.scope}
      onChange={(scope) => onPick({ ...pick, scope })}
      options={all.filter(({ hint }) => hint !== undefined)}
    />
  )
}

function labelOf({ code, name }: { code: string; name: string }): string {
  return `${name} (${code})`
}
