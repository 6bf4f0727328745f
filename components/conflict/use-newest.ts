'use client'
/** The certificate that took the place of the one a correction started from. */
import { useQuery } from '@tanstack/react-query'
import { readCertificate } from '@/components/registry'
import type { CertificateView } from '@/lib/api/contract'

interface Newest {
  /** null while it is being signed. */
  newest: CertificateView | null
  /** There will be none: the certificate cannot be corrected any more, or not now. */
  stopped: 'revoked' | 'suspended' | null
}

/** Asks until the other correction is issued. */
export function useNewest(startedFrom: string): Newest {
  const { data } = useQuery({
    queryKey: ['newest', startedFrom],
    queryFn: async (): Promise<Newest> => {
      const { lineage } = await readCertificate(startedFrom)
      if (lineage.state === 'revoked' || lineage.state === 'suspended') return { newest: null, stopped: lineage.state }
      const current = lineage.current?.certificateId
      const there = current !== undefined && current !== startedFrom && lineage.updatesPending === 0
      return { newest: there ? await readCertificate(current) : null, stopped: null }
    },
    refetchInterval: ({ state }) => (state.data?.newest || state.data?.stopped ? false : 1000),
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  })
  return data ?? { newest: null, stopped: null }
}
