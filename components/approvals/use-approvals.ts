'use client'
/** Requests for a second person as the registry has them now. */
import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useSaving, type Fields, type Saving } from '@/components/administration/use-saving'
import { useBrought, useBroughtPage } from '@/components/brought'
import type { Replacement } from '@/components/registry'
import { call } from '@/lib/api/call'
import type { ItemResult } from '@/lib/api/contract'
import type { ApprovalAnswer, ApprovalsAnswer, RequestList } from '@/lib/approvals/answers'
import type { ApprovalReason } from '@/lib/certificates/answers'

const A_MINUTE = 60_000
const WHILE_ISSUING = 1000
const WHILE_OPEN = 15_000

const keyOf = (requestId: string) => ['approval', requestId]

export function useApproval(requestId: string): UseQueryResult<ApprovalAnswer> {
  return useQuery({
    queryKey: keyOf(requestId),
    queryFn: () => call('GET /v3/approvals/{requestId}', { params: { requestId } }),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'accepted' && !data.failure
        ? WHILE_ISSUING
        : data && data.decidedAt === null
          ? WHILE_OPEN
          : false,
    staleTime: 0,
  })
}

export function useApprovalList(list: RequestList, enabled = true) {
  const brought = useBroughtPage('GET /v3/approvals', { query: { list } })
  return useInfiniteQuery<ApprovalsAnswer, Error, InfiniteData<ApprovalsAnswer>, string[], string | undefined>({
    ...brought,
    queryKey: ['approvals', list],
    queryFn: ({ pageParam }) =>
      call('GET /v3/approvals', { query: { list, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
    refetchInterval: WHILE_OPEN,
  })
}

/** How many requests wait for whoever is signed in; asked again every minute. */
export function useApprovalsWaiting(enabled: boolean): number {
  const brought = useBrought('GET /v3/approvals/waiting')
  const { data } = useQuery({
    ...brought,
    queryKey: ['approvals-waiting'],
    queryFn: () => call('GET /v3/approvals/waiting'),
    enabled,
    staleTime: A_MINUTE,
    refetchInterval: A_MINUTE,
  })
  return data ? data.toDecide + data.toAnswer : 0
}

/** Doing something with a request: the answer takes the place of what the page shows; a refusal brings the newest state. */
export function useApprovalAction(
  requestId: string,
  fields: Fields,
  form: string,
): Saving & { act: (send: () => Promise<ApprovalAnswer>, done?: () => void) => void } {
  const queries = useQueryClient()
  const saving = useSaving(fields, form)
  return {
    ...saving,
    act(send, done = () => {}) {
      const put = (answer: ApprovalAnswer) => {
        queries.setQueryData(keyOf(requestId), answer)
        done()
      }
      void saving.run(send, put).then(() => {
        void queries.invalidateQueries({ queryKey: keyOf(requestId) })
        void queries.invalidateQueries({ queryKey: ['approvals'] })
        void queries.invalidateQueries({ queryKey: ['approvals-waiting'] })
        void queries.invalidateQueries({ queryKey: ['certificate'] })
      })
    },
  }
}

/** Why a supervisor would be asked about a correction, by dose. */
export interface Ahead {
  dose: number
  reasons: ApprovalReason[]
}

/** What would come of these if they were sent now: what a supervisor would be asked, and what the registry notices. */
export interface Trial {
  ahead: Ahead[]
  warnings: ItemResult['warnings']
  /** Nothing is known yet, not even what was expected. */
  isLooking: boolean
}

/** Until it is known what was `expected`, or what came of the last one; empty where there is nothing to say. */
export function useTrial(
  type: string,
  replacements: Replacement[],
  enabled: boolean,
  expected?: Omit<Trial, 'isLooking'>,
): Trial {
  const { data, isLoading } = useQuery({
    queryKey: ['trial', type, replacements],
    queryFn: async ({ signal }) => {
      const { results } = await call('PUT /v4/{entityType}/certificate', {
        params: { entityType: type },
        body: replacements.map(({ item }) => item),
        query: { dryRun: 'true' },
        headers: { 'if-match': replacements.map(({ certificateId }) => `"${certificateId}"`).join(', ') },
        signal,
      })
      return {
        ahead: results.flatMap(({ dose, approval }) => (approval ? [{ dose, reasons: approval.reasons }] : [])),
        warnings: results.flatMap(({ warnings }) => warnings),
      }
    },
    enabled,
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
    placeholderData: (before) => (enabled ? (before ?? expected) : undefined),
  })
  return { ...(data ?? { ahead: [], warnings: [] }), isLooking: isLoading }
}
