'use client'
/** The links of a certificate: read, made and ended. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { call } from '@/lib/api/call'

/** Links, the newest first; `make` and `revoke` read them anew. */
export function useLinks(certificateId: string) {
  const queries = useQueryClient()
  const queryKey = ['holder-links', certificateId]
  const params = { certificateId }
  const renew = () => queries.invalidateQueries({ queryKey: ['holder-links'] })
  const brought = useBrought('GET /v3/certificates/{certificateId}/links', { params })
  return {
    links: useQuery({
      ...brought,
      queryKey,
      queryFn: () => call('GET /v3/certificates/{certificateId}/links', { params }),
    }),
    make: useMutation({
      // The answer holds the secret: it is forgotten with the screen that shows it.
      gcTime: 0,
      mutationFn: () => call('POST /v3/certificates/{certificateId}/links', { params, body: {} }),
      onSettled: renew,
    }),
    revoke: useMutation({
      mutationFn: (linkId: string) => call('DELETE /v3/links/{linkId}', { params: { linkId } }),
      onSettled: renew,
    }),
  }
}
