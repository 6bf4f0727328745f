'use client'
/** The list of a day from the registry, page by page. */
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useBroughtPage } from '@/components/brought'
import { WAITING_KEY } from '@/components/header/use-waiting'
import { call } from '@/lib/api/call'
import type { DayAnswer, DayKind } from '@/lib/desk/answers'

export interface DayFilters {
  /** "" = today. */
  day: string
  kind: DayKind | 'all'
  mine: boolean
  /** "" = the whole day. */
  q: string
}

const KEY = 'day'

/** What the filters leave of a day. The pages before stay while the next ones come. */
export function useDay({ day, kind, mine, q }: DayFilters) {
  const query = {
    ...(day === '' ? {} : { day }),
    ...(kind === 'all' ? {} : { kind }),
    ...(mine ? { mine: 'true' as const } : {}),
    ...(q === '' ? {} : { q }),
  }
  const brought = useBroughtPage('GET /v3/today', { query })
  return useInfiniteQuery<DayAnswer, Error, InfiniteData<DayAnswer>, unknown[], string | undefined>({
    ...brought,
    queryKey: [KEY, day, kind, mine, q],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v3/today', { query: { ...query, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
}

/** A function that asks for the list and for what waits once more. */
export function useRefresh(): () => void {
  const queries = useQueryClient()
  return () => {
    void queries.invalidateQueries({ queryKey: [KEY] })
    void queries.invalidateQueries({ queryKey: WAITING_KEY })
  }
}
