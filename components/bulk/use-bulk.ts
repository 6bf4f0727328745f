'use client'
/** Bulk runs as the registry has them now: what is at work is asked for every second, what waits less often. */
import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useSaving, type Fields, type Saving } from '@/components/administration/use-saving'
import { useBrought, useBroughtPage } from '@/components/brought'
import { useHas } from '@/components/place'
import { call } from '@/lib/api/call'
import type { BulkRow, BulkRowState, BulkRun, SameAnswer } from '@/lib/bulk/answers'

const AT_WORK = 1000
const WHILE_WAITING = 15_000
const A_MINUTE = 60_000

const runKey = (runId: string) => ['bulk-run', runId]
const RUNS_KEY = ['bulk-runs']

export function useBulkRun(runId: string): UseQueryResult<BulkRun> {
  return useQuery({
    queryKey: runKey(runId),
    queryFn: () => call('GET /v3/bulk/{runId}', { params: { runId } }),
    refetchInterval: ({ state }) => everySoOften(state.data),
    staleTime: 0,
  })
}

/** Whether the workers have something to do for it. */
export function isAtWork({ state }: BulkRun): boolean {
  return state === 'checking' || state === 'running'
}

function everySoOften(run: BulkRun | undefined): number | false {
  if (run && isAtWork(run)) return AT_WORK
  return run?.state === 'proposed' || run?.state === 'stopped' ? WHILE_WAITING : false
}

interface RunPage {
  runs: BulkRun[]
  next: string | null
}

export function useBulkList() {
  const brought = useBroughtPage('GET /v3/bulk')
  return useInfiniteQuery<RunPage, Error, InfiniteData<RunPage>, string[], string | undefined>({
    ...brought,
    queryKey: RUNS_KEY,
    queryFn: ({ pageParam }) => call('GET /v3/bulk', { query: pageParam ? { after: pageParam } : {} }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: WHILE_WAITING,
  })
}

interface RowPage {
  rows: BulkRow[]
  next: string | null
}

/** Its rows; looked at again while the workers are at them, and until what is done is issued. */
export function useBulkRows(run: BulkRun, only: BulkRowState | null) {
  const { runId, state } = run
  return useInfiniteQuery<RowPage, Error, InfiniteData<RowPage>, (string | null)[], string | undefined>({
    queryKey: ['bulk-rows', runId, only, state],
    queryFn: ({ pageParam }) =>
      call('GET /v3/bulk/{runId}/rows', {
        params: { runId },
        query: { ...(only ? { state: only } : {}), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: (query) => (isAtWork(run) || isIssuing(query.state.data) ? 2 * AT_WORK : false),
  })
}

function isIssuing(data: InfiniteData<RowPage> | undefined): boolean {
  return data?.pages.some((page) => page.rows.some(({ issue }) => issue === 'pending')) ?? false
}

/** What the certificates of a session have in common with one. */
export function useSame(certificateId: string): UseQueryResult<SameAnswer> {
  return useQuery({
    queryKey: ['bulk-same', certificateId],
    queryFn: () => call('GET /v3/bulk/same', { query: { certificateId } }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

/** How many proposals wait for whoever is signed in; asked again every minute. */
export function useBulkWaiting(): number {
  const enabled = useHas('supervisor')
  const brought = useBrought('GET /v3/bulk/waiting')
  const { data } = useQuery({
    ...brought,
    enabled,
    queryKey: ['bulk-waiting'],
    queryFn: () => call('GET /v3/bulk/waiting'),
    staleTime: A_MINUTE,
    refetchInterval: A_MINUTE,
  })
  return data?.waiting ?? 0
}

/** Doing something with a run: the answer takes the place of what the page shows; a refusal brings the newest state. */
export function useBulkAction(
  runId: string,
  fields: Fields,
  form: string,
): Saving & { act: (send: () => Promise<BulkRun>, then?: () => void) => void } {
  const queries = useQueryClient()
  const saving = useSaving(fields, form)
  return {
    ...saving,
    act(send, then = () => {}) {
      void saving.run(send, then).then(() => {
        void queries.invalidateQueries({ queryKey: runKey(runId) })
        void queries.invalidateQueries({ queryKey: RUNS_KEY })
        void queries.invalidateQueries({ queryKey: ['bulk-rows', runId] })
        void queries.invalidateQueries({ queryKey: ['bulk-waiting'] })
      })
    },
  }
}
