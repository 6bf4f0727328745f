'use client'
/** The checks as the registry has them now: one that runs is asked for every second. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { call } from '@/lib/api/call'
import type { ChecksAnswer } from '@/lib/status-lists/answers'

const WHILE_RUNNING = 1000
const A_MINUTE = 60_000

export const CHECKS_KEY = ['checks']

export function useChecks(enabled = true): UseQueryResult<ChecksAnswer> {
  const brought = useBrought('GET /v3/checks')
  return useQuery({
    ...brought,
    queryKey: CHECKS_KEY,
    queryFn: () => call('GET /v3/checks'),
    enabled,
    refetchInterval: ({ state }) => (state.data?.checks[0]?.finishedAt === null ? WHILE_RUNNING : 10 * A_MINUTE),
    staleTime: A_MINUTE,
  })
}
