'use client'
/** A list that is searched while one types and shown page by page. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { ChevronRight, Plus, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { useSettled } from './use-settled'
import { words } from './words'

interface ListProps<Page extends { next: string | null }, Row> {
  /** Name of the list in the cache. */
  name: string
  /** The first page of the whole list, as the page brought it. */
  brought: { initialData?: InfiniteData<Page, undefined> }
  text: { title: string; lead: string; find: string; findHint: string; add: string; none: string }
  count: (n: number, more: boolean) => string
  ask: (query: { q?: string; after?: string }) => Promise<Page>
  rowsOf: (page: Page) => Row[]
  addHref: string
  children: (row: Row) => ReactNode
}

export function List<Page extends { next: string | null }, Row>(props: ListProps<Page, Row>) {
  const { name, text, count, ask, rowsOf } = props
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim())
  const asked = useInfiniteQuery<Page, Error, InfiniteData<Page>, string[], string | undefined>({
    ...(q === '' ? props.brought : {}),
    queryKey: [name, q],
    queryFn: ({ pageParam }) => ask({ ...(q === '' ? {} : { q }), ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = asked.data?.pages.flatMap(rowsOf) ?? []
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1>{text.title}</h1>
          <p className="mt-1 text-ink-2">{text.lead}</p>
        </div>
        <Link href={props.addHref} className={`${buttonClass('main')} max-sm:w-full`}>
          <Plus aria-hidden className="size-4" />
          {text.add}
        </Link>
      </div>
      <search className="mt-6 block">
        <label htmlFor="list-find" className="block text-sm font-semibold">
          {text.find}
        </label>
        <p id="list-find-hint" className="text-sm text-ink-3">
          {text.findHint}
        </p>
        <div className="relative mt-1.5 max-w-md">
          <Search
            aria-hidden
            className="pointer-events-none absolute start-3.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
          />
          <input
            id="list-find"
            type="search"
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            aria-describedby="list-find-hint"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="min-h-11 w-full rounded-control border border-edge bg-sheet ps-10 pe-3"
          />
        </div>
      </search>
      <p role="status" className="mt-4 text-sm text-ink-2">
        {asked.data ? (rows.length === 0 ? text.none : count(rows.length, asked.hasNextPage)) : ''}
      </p>
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-3">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && <ListSkeleton />}
      {rows.length > 0 && (
        <ul className={`sheet mt-3 divide-y divide-line ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          {rows.map(props.children)}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loadingMore : words.more}
        </Button>
      )}
    </>
  )
}

/** One row: its name is the link, and the whole row can be pressed. */
export function ListRow({
  href,
  name,
  aside,
  flags,
  children,
}: {
  href: string
  name: ReactNode
  /** Beside the name. */
  aside?: ReactNode
  flags: ReactNode
  children: ReactNode
}) {
  return (
    <li className="relative flex items-center gap-4 px-5 py-3.5 first:rounded-t-sheet last:rounded-b-sheet hover:bg-act-soft">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            href={href}
            className="min-w-0 font-semibold wrap-anywhere text-act after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus)"
          >
            {name}
          </Link>
          {aside}
          {flags}
        </div>
        {children}
      </div>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3 rtl:-scale-x-100" />
    </li>
  )
}

function ListSkeleton() {
  return (
    <div className="sheet mt-3 divide-y divide-line" aria-hidden>
      {[0, 1, 2].map((row) => (
        <div key={row} className="space-y-2 px-5 py-4">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      ))}
    </div>
  )
}
