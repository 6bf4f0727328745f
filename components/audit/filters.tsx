'use client'
/** What narrows the log down: days, who, what, about which certificate. */
import type { ComponentProps, ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { GROUPS, words } from './words'

export interface AuditFilter {
  from: string
  to: string
  who: string
  action: string
  about: string
}

export const NO_FILTER: AuditFilter = { from: '', to: '', who: '', action: '', about: '' }
export const CONTROL = 'min-h-11 w-full rounded-control border border-edge bg-sheet px-3'

interface FiltersProps {
  filter: AuditFilter
  onFilter: (filter: AuditFilter) => void
  /** The first day is after the last one. */
  wrongDays: boolean
}

export function Filters({ filter, onFilter, wrongDays }: FiltersProps) {
  const set = (name: keyof AuditFilter) => ({
    value: filter[name],
    onChange: (event: { target: { value: string } }) => onFilter({ ...filter, [name]: event.target.value }),
  })
  const wrong = wrongDays ? { 'aria-invalid': true, 'aria-describedby': 'audit-days' } : {}
  const text = { type: 'search', dir: 'auto', autoComplete: 'off', spellCheck: false } satisfies ComponentProps<'input'>
  return (
    <search aria-label={words.filters} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Labelled id="audit-who" label={words.who} hint={words.whoHint}>
        <input id="audit-who" className={CONTROL} maxLength={100} {...text} {...set('who')} />
      </Labelled>
      <Labelled id="audit-about" label={words.about} hint={words.aboutHint}>
        <input id="audit-about" className={CONTROL} maxLength={200} {...text} {...set('about')} />
      </Labelled>
      <Labelled id="audit-action" label={words.action} hint={'\u00a0'}>
        <select id="audit-action" className={CONTROL} {...set('action')}>
          <option value="">{words.anything}</option>
          {GROUPS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id="audit-from" label={words.from}>
        <input id="audit-from" type="date" className={CONTROL} {...wrong} {...set('from')} />
      </Labelled>
      <Labelled id="audit-to" label={words.to}>
        <input id="audit-to" type="date" className={CONTROL} {...wrong} {...set('to')} />
      </Labelled>
      <div className="flex items-end">
        <Button onClick={() => onFilter(NO_FILTER)} className="max-sm:w-full">
          {words.clear}
        </Button>
      </div>
      <p id="audit-days" role="alert" className="text-sm font-semibold text-stop empty:hidden sm:col-span-2">
        {wrongDays ? words.wrongDays : ''}
      </p>
    </search>
  )
}

export function Labelled({
  id,
  label,
  hint,
  children,
}: {
  id: string
  label: string
  hint?: string
  children: ReactNode
}) {
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
        {hint && <span className="block text-sm font-normal text-ink-3">{hint}</span>}
      </label>
      <div className="mt-1.5">{children}</div>
    </div>
  )
}
