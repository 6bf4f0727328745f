'use client'
/** For all facilities, or for one that is picked by a part of its name. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Combobox } from '@/components/certificate-form/combobox'
import type { FormProblem } from '@/components/ui/error-summary'
import { call } from '@/lib/api/call'
import { contract } from '@/lib/api/contract'
import { Choices, describedBy, FieldLabel } from './form-parts'
import { useSettled } from './use-settled'
import { words } from './words'

export interface FacilityPick {
  scope: 'all' | 'one'
  /** "Name (CODE)" once it is picked; whatever was typed until then. */
  text: string
}

export const FACILITY_ID = 'facility'

/** Where a form for somebody new begins: nobody gets everything unless somebody says so. */
export const NO_PICK: FacilityPick = { scope: 'one', text: '' }

/** The pick for a facility that somebody has, null = all. */
export function pickOf(facility: { code: string; name: string } | null): FacilityPick {
  return facility === null ? { scope: 'all', text: '' } : { scope: 'one', text: labelOf(facility) }
}

/** The code that was picked: null = all, undefined = nothing from the list. */
export function codeIn({ scope, text }: FacilityPick): string | null | undefined {
  if (scope === 'all') return null
  return /\(([^()\s]+)\)$/.exec(text.trim())?.[1]
}

interface FacilityChoiceProps {
  pick: FacilityPick
  onPick: (pick: FacilityPick) => void
  hints: { all: string; one: string }
  problems: FormProblem[]
}

export function FacilityChoice({ pick, onPick, hints, problems }: FacilityChoiceProps) {
  const typed = useSettled(pick.text.replace(/\s*\([^()\s]+\)$/, ''))
  const found = useQuery({
    queryKey: ['facilities', 'picked', typed],
    queryFn: () => call(contract.facilities, { query: { q: typed } }),
    enabled: pick.scope === 'one',
    placeholderData: keepPreviousData,
  })
  const options = (found.data?.facilities ?? []).filter(({ disabled }) => !disabled).map(labelOf)
  const labelled = { id: FACILITY_ID, label: words.operators.facilityPick, problems }
  const wrong = problems.some(({ target }) => target === FACILITY_ID)
  return (
    <Choices
      legend={words.operators.facility}
      name="scope"
      value={pick.scope}
      onChange={(scope) => onPick({ ...pick, scope })}
      options={[
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
                options={options}
                describedBy={describedBy(labelled)}
                invalid={wrong}
                changed={false}
              />
            </div>
          ),
        },
      ]}
    />
  )
}

function labelOf({ code, name }: { code: string; name: string }): string {
  return `${name} (${code})`
}
