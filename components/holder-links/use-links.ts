'use client'
/** The links of a certificate: read, made and ended. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@/lib/api/call'
import { contract } from '@/lib/api/contract'

/** Links, the newest first; `make` and `revoke` read them anew. */
export function useLinks(certificateId: string) {
  const queries = useQueryClient()
  const queryKey = ['holder-links', certificateId]
  const params = { certificateId }
  const renew = () => queries.invalidateQueries({ queryKey: ['holder-links'] })
  return {
    links: useQuery({ queryKey, queryFn: () => call(contract.listHolderLinks, { params }) }),
    make: useMutation({
      // The answer holds the secret: it is forgotten with the screen that shows it.
      gcTime: 0,
      mutationFn: () => call(contract.makeHolderLink, { params, body: {} }),
      onSettled: renew,
    }),
    revoke: useMutation({
      mutationFn: (linkId: string) => call(contract.revokeHolderLink, { params: { linkId } }),
      onSettled: renew,
    }),
  }
}
