'use client'
/** Recalls as the registry has them now: what runs is asked for every second, what waits less often. */
import { useInfiniteQuery, useQuery, type InfiniteData, type UseQueryResult } from '@tanstack/react-query'
import { useBrought, useBroughtPage } from '@/components/brought'
import { useHas } from '@/components/place'
import { call, type CallOptions } from '@/lib/api/call'
import type { KnownBatches, RecallAnswer, RecallPreview, RecallView, RecallRow, RowState } from '@/lib/recalls/answers'

const WHILE_RUNNING = 1000
const WHILE_WAITING = 15_000
const A_MINUTE = 60_000

/** What somebody wants to do, as the registry is asked. */
export type WantedRecall = NonNullable<CallOptions<'POST /v3/recalls/preview'>['body']>

/** Where one recall is kept; whoever changes it puts the answer there. */
export const recallKey = (recallId: string) => ['recall', recallId]
export const RECALLS_KEY = ['recalls']

export function useRecall(recallId: string): UseQueryResult<RecallAnswer> {
  return useQuery({
    queryKey: recallKey(recallId),
    queryFn: () => call('GET /v3/recalls/{recallId}', { params: { recallId } }),
    refetchInterval: ({ state }) => everySoOften(state.data),
    staleTime: 0,
  })
}

function everySoOften(recall: RecallView | undefined): number | false {
  if (recall?.state === 'running') return WHILE_RUNNING
  return recall?.state === 'proposed' || recall?.state === 'stopped' ? WHILE_WAITING : false
}

interface RecallPage {
  recalls: RecallView[]
  next: string | null
}

export function useRecallList() {
  const brought = useBroughtPage('GET /v3/recalls')
  return useInfiniteQuery<RecallPage, Error, InfiniteData<RecallPage>, string[], string | undefined>({
    ...brought,
    queryKey: RECALLS_KEY,
    queryFn: ({ pageParam }) => call('GET /v3/recalls', { query: pageParam ? { after: pageParam } : {} }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: WHILE_WAITING,
  })
}

interface RowPage {
  rows: RecallRow[]
  next: string | null
}

/** Its certificates; looked at again while it runs. */
export function useRecallRows(recallId: string, state: RowState | null, isRunning: boolean) {
  return useInfiniteQuery<RowPage, Error, InfiniteData<RowPage>, (string | null | boolean)[], string | undefined>({
    queryKey: ['recall-rows', recallId, state, isRunning],
    queryFn: ({ pageParam }) =>
      call('GET /v3/recalls/{recallId}/rows', {
        params: { recallId },
        query: { ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: isRunning ? 2 * WHILE_RUNNING : false,
  })
}

/** What a recall would cover; null = nothing is asked yet. */
export function usePreviewOf(wanted: WantedRecall | null): UseQueryResult<RecallPreview> {
  return useQuery({
    queryKey: ['recall-preview', wanted],
    queryFn: () => call('POST /v3/recalls/preview', { body: wanted! }),
    enabled: wanted !== null,
    gcTime: 0,
    staleTime: Infinity,
  })
}

/** Batches that begin with a text. */
export function useBatches(text: string): KnownBatches['batches'] {
  const { data } = useQuery({
    queryKey: ['batches', text],
    queryFn: () => call('GET /v3/recalls/batches', { query: { q: text } }),
    placeholderData: (before) => before,
    staleTime: A_MINUTE,
  })
  return data?.batches ?? []
}

/** How many recalls wait for whoever is signed in; asked again every minute. */
export function useRecallsWaiting(): number {
  const enabled = useHas('supervisor')
  const brought = useBrought('GET /v3/recalls/waiting')
  const { data } = useQuery({
    ...brought,
    enabled,
    queryKey: ['recalls-waiting'],
    queryFn: () => call('GET /v3/recalls/waiting'),
    staleTime: A_MINUTE,
    refetchInterval: A_MINUTE,
  })
  return data?.waiting ?? 0
}
