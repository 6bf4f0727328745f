'use client'
/** What is shown of a day: kinds with their counts, whose, which day, and one code or reference. */
import { ChevronLeft, ChevronRight, Search, X } from 'lucide-react'
import { useRef, type FormEvent } from 'react'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import type { DayAnswer } from '@/lib/desk/answers'
import { DAY_KINDS } from '@/lib/desk/kinds'
import type { DayFilters } from './use-day'
import { words } from './words'

interface DayFilterBarProps {
  filters: DayFilters
  onChange: (change: Partial<DayFilters>) => void
  counts: DayAnswer['counts'] | null
  /** The day that is shown, YYYY-MM-DD. */
  day: string
  today: string | null
}

export function DayFilterBar({ filters, onChange, counts, day, today }: DayFilterBarProps) {
  const { isEverywhere } = usePlace().operator
  const total = counts && DAY_KINDS.reduce((sum, kind) => sum + counts[kind], 0)
  return (
    <div className="mt-5 space-y-4" data-screen-only>
      <div role="group" aria-label={words.filters} className="flex flex-wrap gap-2">
        {(['all', ...DAY_KINDS] as const).map((kind) => (
          <Pill key={kind} pressed={filters.kind === kind} onPress={() => onChange({ kind })}>
            {words.kinds[kind]}
            {counts && <span className="numbers text-xs font-normal">{kind === 'all' ? total : counts[kind]}</span>}
          </Pill>
        ))}
      </div>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <DayPicker day={day} today={today} onDay={(next) => onChange({ day: next === today ? '' : next, q: '' })} />
        <div role="group" aria-labelledby="whose">
          <p id="whose" className="text-sm font-semibold">
            {words.whose}
          </p>
          <div className="mt-1 flex gap-2">
            <Pill pressed={!filters.mine} onPress={() => onChange({ mine: false })}>
              {isEverywhere ? words.everybody : words.facility}
            </Pill>
            <Pill pressed={filters.mine} onPress={() => onChange({ mine: true })}>
              {words.mine}
            </Pill>
          </div>
        </div>
        <FindOnList q={filters.q} onFind={(q) => onChange({ q })} />
      </div>
    </div>
  )
}

function Pill({ pressed, onPress, children }: { pressed: boolean; onPress: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={`inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold ${
        pressed ? 'border-act bg-act text-on-act' : 'border-edge bg-sheet text-ink-2 hover:border-act hover:text-act'
      }`}
    >
      {children}
    </button>
  )
}

function DayPicker({ day, today, onDay }: { day: string; today: string | null; onDay: (day: string) => void }) {
  const move = (days: number) => onDay(shifted(day, days))
  const isToday = day === today
  return (
    <div>
      <label htmlFor="day" className="block text-sm font-semibold">
        {words.day}
      </label>
      <div className="mt-1 flex items-center gap-1">
        <button
          type="button"
          aria-label={words.dayBefore}
          disabled={day === ''}
          onClick={() => move(-1)}
          className="grid size-11 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act disabled:opacity-40"
        >
          <ChevronLeft aria-hidden className="size-5 rtl:-scale-x-100" />
        </button>
        <input
          id="day"
          type="date"
          value={day}
          min="1900-01-01"
          max={today ?? undefined}
          onChange={(event) => event.target.validity.valid && event.target.value !== '' && onDay(event.target.value)}
          className="numbers min-h-11 rounded-control border border-edge bg-sheet px-3"
        />
        <button
          type="button"
          aria-label={words.dayAfter}
          disabled={day === '' || isToday}
          onClick={() => move(1)}
          className="grid size-11 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act disabled:opacity-40"
        >
          <ChevronRight aria-hidden className="size-5 rtl:-scale-x-100" />
        </button>
        {!isToday && today !== null && (
          <Button kind="quiet" onClick={() => onDay(today)}>
            {words.backToToday}
          </Button>
        )}
      </div>
    </div>
  )
}

function FindOnList({ q, onFind }: { q: string; onFind: (q: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onFind(field.current?.value.trim() ?? '')
  }
  return (
    <form role="search" aria-label={words.search} onSubmit={submit} className="min-w-64 flex-1">
      <label htmlFor="list-find" className="block text-sm font-semibold">
        {words.find}
      </label>
      <div className="mt-1 flex gap-2">
        <div className="relative flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-ink-3"
          />
          <input
            ref={field}
            id="list-find"
            type="text"
            dir="ltr"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            aria-describedby="list-find-hint"
            defaultValue={q}
            className="numbers min-h-11 w-full min-w-0 rounded-control border border-edge bg-sheet ps-9 pe-3"
          />
        </div>
        <Button type="submit">{words.findSubmit}</Button>
        {q !== '' && (
          <Button
            kind="quiet"
            aria-label={words.findClear}
            title={words.findClear}
            onClick={() => {
              if (field.current) field.current.value = ''
              onFind('')
            }}
            className="px-3"
          >
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <p id="list-find-hint" className="mt-1 text-xs text-ink-3">
        {words.findHint}
      </p>
    </form>
  )
}

/** A day of the calendar so many days later. */
function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
