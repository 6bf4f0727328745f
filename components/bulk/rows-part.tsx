'use client'
/** The rows of a run: what each would change, what became of it, what is wrong with it. */
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { StateFilters } from '@/components/ui/state-filters'
import { words as shared } from '@/components/words'
import { addressOf } from '@/lib/api/call'
import type { BulkRowState, BulkRun } from '@/lib/bulk/answers'
import { BULK_ROW_STATES } from '@/lib/bulk/kinds'
import { RowEntry } from './row-entry'
import { useBulkRows } from './use-bulk'
import { words } from './words'

const text = words.list

export function RowsPart({ run }: { run: BulkRun }) {
  const [only, setOnly] = useState<BulkRowState | null>(null)
  const asked = useBulkRows(run, only)
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section aria-labelledby="rows">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="rows" className="text-lg">
          {text.title}
        </h2>
        <a
          href={addressOf('GET /v3/bulk/{runId}/rows.csv', { params: { runId: run.runId } })}
          download
          className={`${buttonClass('second')} max-sm:w-full`}
        >
          <Download aria-hidden className="size-4" />
          {text.file}
        </a>
      </div>
      <Filters only={only} onOnly={setOnly} counts={run.counts} />
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-3">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && <Skeleton className="mt-3 h-40 w-full rounded-sheet" />}
      {asked.data && rows.length === 0 && <p className="mt-3 text-ink-2">{text.none}</p>}
      {rows.length > 0 && (
        <ol className={`sheet mt-3 divide-y divide-line ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          {rows.map((row) => (
            <RowEntry key={row.row} row={row} run={run} />
          ))}
        </ol>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </section>
  )
}

interface FiltersProps {
  only: BulkRowState | null
  onOnly: (state: BulkRowState | null) => void
  counts: BulkRun['counts']
}

function Filters({ only, onOnly, counts }: FiltersProps) {
  const present = BULK_ROW_STATES.filter((state) => counts[state] > 0 || state === only)
  if (present.length < 2 && only === null) return null
  const choices = [
    { state: null, label: text.all, n: counts.total },
    ...present.map((state) => ({ state, label: text.states[state], n: counts[state] })),
  ]
  return <StateFilters label={text.filter} choices={choices} only={only} onOnly={onOnly} />
}
