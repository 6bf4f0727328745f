'use client'
/** The list of a day: what was corrected, what failed, where updates ran out, what holders say. */
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { TodayRequests } from '@/components/approvals/today-requests'
import { dayInWords } from '@/components/display'
import { Oversight } from '@/components/openings/oversight'
import { usePlace } from '@/components/place'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { StoppedWebhooks } from '@/components/webhooks/stopped-webhooks'
import { words as shared } from '@/components/words'
import type { DayKind } from '@/lib/desk/answers'
import { DAY_KINDS } from '@/lib/desk/kinds'
import { DayFilterBar } from './filter-bar'
import { Elsewhere } from './elsewhere'
import { DayItemCard } from './item-card'
import { useDay, useRefresh, type DayFilters } from './use-day'
import { words } from './words'

export function TodayPage() {
  const [filters, setFilters] = useFilters()
  const asked = useDay(filters)
  const refresh = useRefresh()
  const [said, setSaid] = useState('')
  const { facility, isEverywhere } = usePlace().operator
  const first = asked.data?.pages[0]
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  const isToday = filters.day === '' || filters.day === first?.today
  return (
    <div className="mx-auto max-w-4xl">
      <h1>{isToday ? words.title : dayInWords(filters.day)}</h1>
      <p className="mt-1 text-ink-2">
        {isEverywhere ? words.leadAll : words.lead}{' '}
        {!isEverywhere && (
          <span className="text-ink-3">
            (<Value>{facility}</Value>)
          </span>
        )}
      </p>
      <Elsewhere />
      <StoppedWebhooks />
      <Oversight />
      <TodayRequests />
      <DayFilterBar
        filters={filters}
        onChange={setFilters}
        counts={first?.counts ?? null}
        day={first?.day ?? filters.day}
        today={first?.today ?? null}
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      {said && <Notice kind="ok" title={said} className="mt-4" />}
      {asked.isError && (
        <Notice
          kind={codeOf(asked.error) === 'UNAUTHENTICATED' ? 'warn' : 'stop'}
          live="alert"
          className="mt-4"
          title={codeOf(asked.error) === 'UNAUTHENTICATED' ? words.signedOut : words.unavailable}
        >
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {filters.q !== '' && items.length > 0 && (
        <p className="mt-4 font-semibold wrap-anywhere">
          {words.results} <Value ltr>{filters.q}</Value>
        </p>
      )}
      {asked.isPending && <DaySkeleton />}
      {first && items.length === 0 && !asked.isError && <Empty filters={filters} />}
      <ul
        aria-label={words.list}
        className={`mt-4 space-y-3 ${asked.isPlaceholderData ? 'opacity-60' : ''}`}
        aria-busy={asked.isFetching}
      >
        {items.map((item) => (
          <li key={item.id}>
            <DayItemCard
              item={item}
              showFacility={isEverywhere}
              showDay={filters.q !== '' || item.kind === 'report'}
              onClosed={(sentence) => {
                setSaid(sentence)
                refresh()
              }}
            />
          </li>
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </div>
  )
}

function Empty({ filters: { kind, q } }: { filters: DayFilters }) {
  return (
    <div className="sheet mt-4 px-6 py-10 text-center">
      <p className="font-semibold wrap-anywhere">{q === '' ? words.empty[kind] : words.nothingFound(q)}</p>
      <p className="mt-1 text-ink-2">{q === '' ? words.emptyNext : words.nothingFoundNext}</p>
    </div>
  )
}

function DaySkeleton() {
  return (
    <div className="mt-4 space-y-3">
      <span className="sr-only">{shared.loading}</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className="sheet space-y-2 px-5 py-4" aria-hidden>
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      ))}
    </div>
  )
}

/** Day, kind and whose stand in the address, so that Back works; a code or reference never does. */
function useFilters(): [DayFilters, (change: Partial<DayFilters>) => void] {
  const params = useSearchParams()
  const [q, setQ] = useState('')
  const kind = params.get('kind')
  const filters: DayFilters = {
    day: params.get('day') ?? '',
    kind: isKind(kind) ? kind : 'all',
    mine: params.has('mine'),
    q,
  }
  const change = (given: Partial<DayFilters>) => {
    const next = { ...filters, ...given }
    setQ(next.q)
    const search = new URLSearchParams()
    if (next.day !== '') search.set('day', next.day)
    if (next.kind !== 'all') search.set('kind', next.kind)
    if (next.mine) search.set('mine', '')
    const address = search.size > 0 ? `/today?${search}` : '/today'
    // At once: nothing is asked of the server but the list itself.
    if (address !== `${location.pathname}${location.search}`) history.pushState(null, '', address)
  }
  return [filters, change]
}

function isKind(text: string | null): text is DayKind {
  return (DAY_KINDS as readonly (string | null)[]).includes(text)
}
