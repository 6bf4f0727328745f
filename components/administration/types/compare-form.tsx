'use client'
/** Which two versions to compare. */
import { useState } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import type { VersionHeading } from '@/lib/type-checks/answers'
import { addressOfComparison } from './addresses'
import { SelectField } from './select-field'
import { words } from './words'

export function CompareForm({ name, versions }: { name: string; versions: VersionHeading[] }) {
  const inForce = versions.find(({ state }) => state === 'published')
  const newest = versions[0]!.version
  const other = versions.find(({ version }) => version !== newest)!.version
  const [from, setFrom] = useState(String(inForce && inForce.version !== newest ? inForce.version : other))
  const [to, setTo] = useState(String(newest))
  const options = versions.map(({ version, state }) => ({
    value: String(version),
    label: words.compare.option(version, words.type.states[state]),
  }))
  return (
    <section aria-label={words.compare.title} className="sheet mt-6 flex flex-wrap items-end gap-4 px-5 py-4">
      <div className="min-w-40 flex-1">
        <SelectField id="compare-from" label={words.compare.from} value={from} onChange={setFrom} options={options} />
      </div>
      <div className="min-w-40 flex-1">
        <SelectField id="compare-to" label={words.compare.to} value={to} onChange={setTo} options={options} />
      </div>
      <Link href={addressOfComparison(name, Number(from), Number(to))} className={buttonClass('second')}>
        {words.compare.button}
      </Link>
    </section>
  )
}
