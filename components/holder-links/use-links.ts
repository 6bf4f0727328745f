'use client'
/** The links of a certificate: read, made and ended. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@/lib/api/call'
import { holders as holderRows } from '@/lib/api/rows/holders'

/** Links, the newest first; `make` and `revoke` read them anew. */
export function useLinks(certificateId: string) {
  const queries = useQueryClient()
  const queryKey = ['holder-links', certificateId]
  const params = { certificateId }
  const renew = () => queries.invalidateQueries({ queryKey: ['holder-links'] })
  return {
    links: useQuery({ queryKey, queryFn: () => call(holderRows.listHolderLinks, { params }) }),
    make: useMutation({
      // The answer holds the secret: it is forgotten with the screen that shows it.
      gcTime: 0,
      mutationFn: () => call(holderRows.makeHolderLink, { params, body: {} }),
      onSettled: renew,
    }),
    revoke: useMutation({
      mutationFn: (linkId: string) => call(holderRows.revokeHolderLink, { params: { linkId } }),
      onSettled: renew,
    }),
  }
}
