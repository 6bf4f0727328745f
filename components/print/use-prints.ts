'use client'
/** What was printed of a certificate and of the other versions of its dose. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { call } from '@/lib/api/call'
import type { PrintRun } from '@/lib/certificates/answers'

/** Newest first. */
export function usePrints(certificateId: string, enabled = true): UseQueryResult<PrintRun[]> {
  const brought = useBrought('GET /v3/certificates/{certificateId}/prints', { params: { certificateId } })
  return useQuery({
    ...brought,
    queryKey: printsKey(certificateId),
    queryFn: () => call('GET /v3/certificates/{certificateId}/prints', { params: { certificateId } }),
    select: ({ prints }) => prints,
    enabled,
  })
}

export function printsKey(certificateId: string): string[] {
  return ['prints', certificateId]
}
