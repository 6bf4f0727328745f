'use client'
/** Re-issues as the registry has them now: what is being done is asked for every second. */
import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useSaving, type Saving } from '@/components/administration/use-saving'
import { useParts } from '@/components/use-parts'
import { call, type CallOptions } from '@/lib/api/call'
import type { ReissueRow, ReissueSample, ReissueView, RowState } from '@/lib/reissues/answers'

const A_SECOND = 1000
const ONCE_IN_A_WHILE = 15_000

/** Which certificates, as the registry is asked. */
export type WantedReissue = NonNullable<CallOptions<'POST /v3/reissues/samples'>['body']>

const keyOf = (reissueId: string) => ['reissue', reissueId]
const LIST = ['reissues']

/** Whether the worker has something to do with it. */
export const isBusy = ({ state, progress }: ReissueView) =>
  state === 'checking' || state === 'running' || progress.accepted > 0

export function useReissue(reissueId: string): UseQueryResult<ReissueView> {
  return useQuery({
    queryKey: keyOf(reissueId),
    queryFn: () => call('GET /v3/reissues/{reissueId}', { params: { reissueId } }),
    refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? A_SECOND : ONCE_IN_A_WHILE),
    staleTime: 0,
  })
}

interface Page {
  reissues: ReissueView[]
  next: string | null
}

export function useReissueList() {
  return useInfiniteQuery<Page, Error, InfiniteData<Page>, string[], string | undefined>({
    queryKey: LIST,
    queryFn: ({ pageParam }) => call('GET /v3/reissues', { query: pageParam ? { after: pageParam } : {} }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ONCE_IN_A_WHILE,
    staleTime: 0,
  })
}

interface RowPage {
  rows: ReissueRow[]
  next: string | null
}

export function useReissueRows(reissueId: string, state: RowState | null, isChanging: boolean) {
  return useInfiniteQuery<RowPage, Error, InfiniteData<RowPage>, (string | null | boolean)[], string | undefined>({
    queryKey: ['reissue-rows', reissueId, state, isChanging],
    queryFn: ({ pageParam }) =>
      call('GET /v3/reissues/{reissueId}/rows', {
        params: { reissueId },
        query: { ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: isChanging ? 2 * A_SECOND : false,
    staleTime: 0,
  })
}

/** How many a choice is at this moment. */
export function useCount(wanted: WantedReissue) {
  return useParts(['reissue-count', wanted], (after) => call('POST /v3/reissues/count', { body: { ...wanted, after } }))
}

/** How these of them would look. */
export function useSamples(
  { type, choice }: WantedReissue,
  codes: string[],
): UseQueryResult<{ samples: ReissueSample[] }> {
  return useQuery({
    queryKey: ['reissue-samples', type, choice, codes],
    queryFn: () => call('POST /v3/reissues/samples', { body: { type, choice: { ...choice, codes } } }),
    gcTime: 0,
    staleTime: Infinity,
  })
}

/** Doing something with one: the answer takes the place of what the page shows; a refusal brings the newest state. */
export function useReissueAction(
  reissueId: string,
  form: string,
): Saving & { act: (send: () => Promise<ReissueView>) => void } {
  const queries = useQueryClient()
  const saving = useSaving({}, form)
  const again = () => {
    for (const queryKey of [keyOf(reissueId), LIST, ['reissue-rows', reissueId]]) {
      void queries.invalidateQueries({ queryKey })
    }
  }
  return {
    ...saving,
    act(send) {
      void saving.run(send, (view) => queries.setQueryData(keyOf(reissueId), view)).then(again)
    },
  }
}
