'use client'
/** How much waits for somebody on the list of today. */
import { useQuery } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { useHas } from '@/components/place'
import { call } from '@/lib/api/call'

/** Where the answer is kept: whoever closes a report makes it stale. */
export const WAITING_KEY = ['waiting']

const A_MINUTE = 60_000

/** Asked again every minute; a page that nobody touches asks without staying signed in. */
export function useWaiting(): { reports: number; failures: number; oversight: number } {
  const enabled = useHas('operator', 'supervisor')
  const brought = useBrought('GET /v3/today/waiting')
  const { data } = useQuery({
    ...brought,
    enabled,
    queryKey: WAITING_KEY,
    queryFn: () => call('GET /v3/today/waiting'),
    staleTime: A_MINUTE,
    refetchInterval: A_MINUTE,
  })
  return data ?? { reports: 0, failures: 0, oversight: 0 }
}
