'use client'
/** One facility, found by a part of its name or code; nothing = all. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSettled } from '@/components/administration/use-settled'
import { Combobox } from '@/components/certificate-form/combobox'
import { call } from '@/lib/api/call'
import { words } from './words'

interface Facility {
  code: string
  name: string
}

interface FacilityFilterProps {
  /** Offered before anything is typed. */
  listed: Facility[]
  code: string
  onCode: (code: string) => void
}

const ID = 'queue-facility'

export function FacilityFilter({ listed, code, onCode }: FacilityFilterProps) {
  // null: what was picked stands there.
  const [typed, setTyped] = useState<string | null>(null)
  const q = useSettled(typed?.trim() ?? '')
  const found = useQuery({
    queryKey: ['facilities', 'picked', q],
    queryFn: () => call('GET /v3/facilities', { query: { q } }),
    enabled: q !== '' || code !== '',
    placeholderData: keepPreviousData,
  })
  const known = [...listed, ...(found.data?.facilities ?? [])]
  const picked = known.find((one) => one.code === code) ?? { code, name: code }
  const write = (text: string) => {
    const chosen = known.find((one) => labelOf(one) === text)
    if (chosen || text.trim() === '') onCode(chosen?.code ?? '')
    setTyped(chosen || text === '' ? null : text)
  }
  return (
    <div>
      <label htmlFor={ID} className="block text-sm font-semibold">
        {words.facility}
      </label>
      <div className="mt-1.5">
        <Combobox
          id={ID}
          value={typed ?? (code === '' ? '' : labelOf(picked))}
          onChange={write}
          options={[...new Set(known.map(labelOf))]}
          describedBy={`${ID}-hint`}
          invalid={false}
          changed={false}
        />
      </div>
      <p id={`${ID}-hint`} className="mt-1 text-sm text-ink-3">
        {words.facilityHint}
      </p>
    </div>
  )
}

function labelOf({ code, name }: Facility): string {
  return `${name} (${code})`
}
