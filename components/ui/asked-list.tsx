'use client'
/** A list asked for page by page: its rows, or that they are loading, that there are none, why they cannot be shown; and more of them. */
import type { ReactNode } from 'react'
import { words as shared } from '@/components/words'
import { Button } from './button'
import { Notice } from './notice'
import { Skeleton } from './skeleton'

interface AskedListProps<Page, Row> {
  /** As useInfiniteQuery gives it. */
  asked: {
    data: { pages: Page[] } | undefined
    isError: boolean
    isPending: boolean
    isPlaceholderData: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    refetch: () => unknown
    fetchNextPage: () => unknown
  }
  rowsOf: (page: Page) => Row[]
  words: { unavailable: string; empty: string; emptyNext: string; more: string; loading: string }
  /** Space above. */
  className?: string
  /** One row, as <li>. */
  children: (row: Row) => ReactNode
}

export function AskedList<Page, Row>({
  asked,
  rowsOf,
  words,
  className = 'mt-6',
  children,
}: AskedListProps<Page, Row>) {
  const rows = asked.data?.pages.flatMap(rowsOf) ?? []
  return (
    <>
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className={className}>
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div aria-busy className={`sheet divide-y divide-line ${className}`}>
          <span className="sr-only">{shared.loading}</span>
          {[0, 1, 2].map((row) => (
            <div key={row} className="space-y-2 px-5 py-4" aria-hidden>
              <Skeleton className="h-5 w-48" />
              <Skeleton className="h-4 w-72 max-w-full" />
            </div>
          ))}
        </div>
      )}
      {asked.data && rows.length === 0 && (
        <div className={`sheet px-6 py-10 text-center ${className}`}>
          <p className="font-semibold">{words.empty}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext}</p>
        </div>
      )}
      {rows.length > 0 && (
        <ul className={`sheet divide-y divide-line ${className} ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          {rows.map(children)}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </>
  )
}
