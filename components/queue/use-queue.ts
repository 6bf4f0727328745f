'use client'
/** The queue as the registry has it now, asked for again by itself. What is shown stays until the next answer is there. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useBrought, useBroughtPage } from '@/components/brought'
import { call } from '@/lib/api/call'
import type { QueueAnswer, QueueItem, QueueKind, QueueState } from '@/lib/operations/answers'

const EVERY = 5000

const QUEUE_KEY = ['queue']

export interface QueueFilters {
  state: QueueState
  facilityCode: string
  type: string
  kind: QueueKind | ''
  reason: string
}

export function useQueue(): UseQueryResult<QueueAnswer> {
  const brought = useBrought('GET /v3/queue')
  return useQuery({
    ...brought,
    queryKey: [...QUEUE_KEY, 'figures'],
    queryFn: () => call('GET /v3/queue'),
    refetchInterval: EVERY,
  })
}

interface Page {
  transactions: QueueItem[]
  next: string | null
}

/** `filters` with "" where all are meant. */
export function useQueueList({ state, facilityCode, type, kind, reason }: QueueFilters) {
  const query = {
    state,
    ...(facilityCode ? { facilityCode } : {}),
    ...(type ? { type } : {}),
    ...(kind ? { kind } : {}),
    ...(reason ? { reason } : {}),
  }
  const brought = useBroughtPage('GET /v3/queue/transactions', { query })
  return useInfiniteQuery<Page, Error, InfiniteData<Page>, unknown[], string | undefined>({
    ...brought,
    queryKey: [...QUEUE_KEY, 'list', query],
    queryFn: ({ pageParam }) =>
      call('GET /v3/queue/transactions', { query: { ...query, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  })
}

/** After something was done. */
export function useLookAgain(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: QUEUE_KEY })
}
