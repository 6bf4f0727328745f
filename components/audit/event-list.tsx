'use client'
/** The entries of the log, filtered, newest first, page by page. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useState } from 'react'
import { useSettled } from '@/components/administration/use-settled'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { CertificateNumber, Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import { call } from '@/lib/api/call'
import type { AuditEvent } from '@/lib/audit/answers'
import { Filters, NO_FILTER, type AuditFilter } from './filters'
import { sentenceOf, words } from './words'

type Page = { events: AuditEvent[]; next: string | null }

export function EventList() {
  const [filter, setFilter] = useState<AuditFilter>(NO_FILTER)
  const settled = useSettled(JSON.stringify(filter))
  const query = Object.fromEntries(
    Object.entries(JSON.parse(settled) as AuditFilter).flatMap(([name, value]) => {
      return value.trim() === '' ? [] : [[name, value.trim()]]
    }),
  )
  const filtered = Object.keys(query).length > 0
  const wrongDays = filter.from !== '' && filter.to !== '' && filter.from > filter.to
  const asked = useInfiniteQuery<Page, Error, InfiniteData<Page>, string[], string | undefined>({
    queryKey: ['audit', settled],
    queryFn: ({ pageParam }) =>
      call('GET /v3/audit', { query: { ...query, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    enabled: !wrongDays,
    staleTime: 0,
  })
  const events = asked.data?.pages.flatMap((page) => page.events) ?? []
  const nothing = filtered ? words.none : words.empty
  return (
    <section aria-label={words.title} className="mt-8">
      <Filters filter={filter} onFilter={setFilter} wrongDays={wrongDays} />
      <p role="status" className="mt-4 text-sm text-ink-2">
        {asked.data && (events.length === 0 ? nothing : words.count(events.length, asked.hasNextPage))}
      </p>
      {asked.isError && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-3">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && !wrongDays && <Skeleton className="mt-3 h-64 w-full rounded-sheet" />}
      {events.length > 0 && (
        <ul className={`sheet mt-3 divide-y divide-line ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          {events.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loadingMore : words.more}
        </Button>
      )}
    </section>
  )
}

function EventRow({ event: { at, action, by, certificateId, detail, sealed } }: { event: AuditEvent }) {
  const { timeZone } = usePlace()
  const facts = Object.entries(detail)
  return (
    <li className="px-5 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <p className="min-w-0 wrap-anywhere">
          <Value>{by.name || words.nobody}</Value> {sentenceOf(action)}
          {certificateId && (
            <>
              {' · '}
              <Link href={`/certificates/${certificateId}`}>
                <CertificateNumber id={certificateId} />
              </Link>
            </>
          )}
        </p>
        <time dateTime={at} className="numbers text-sm text-ink-3 max-sm:w-full sm:ms-auto">
          {momentOf(at, timeZone)}
        </time>
      </div>
      <Facts className="text-xs text-ink-3">
        <span className="font-mono">{action}</span>
        {facts.map(([name, value]) => (
          <span key={name} className="wrap-anywhere">
            {name} <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
          </span>
        ))}
        {!sealed && <span>{words.notSealed}</span>}
      </Facts>
    </li>
  )
}
