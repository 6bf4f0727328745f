'use client'
/** What was printed of a certificate and of the other versions of its dose. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { call } from '@/lib/api/call'
import type { PrintRun } from '@/lib/certificates/answers'

/** Newest first. */
export function usePrints(certificateId: string, enabled = true): UseQueryResult<PrintRun[]> {
  return useQuery({ queryKey: printsKey(certificateId), queryFn: () => readPrints(certificateId), enabled })
}

export function printsKey(certificateId: string): string[] {
  return ['prints', certificateId]
}

async function readPrints(certificateId: string): Promise<PrintRun[]> {
  const { prints } = await call('GET /v3/certificates/{certificateId}/prints', { params: { certificateId } })
  return prints
}
