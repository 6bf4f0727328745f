'use client'
/** The certificate type that the screens are made of: forms, tables and lists read its fields. */
import { useQuery } from '@tanstack/react-query'
import { createContext, use, type ReactNode } from 'react'
import { call } from '@/lib/api/call'
import { contract } from '@/lib/api/contract'
import type { CertificateType } from '@/lib/certificate-types/type'

/** What is in force may change while somebody works: each screen that opens looks again after this long. */
const FRESH_MS = 30_000

const TypeContext = createContext<CertificateType | null>(null)

/** `first`: the type as the page came with it. A form that is open keeps the type that it was opened with. */
export function TypeProvider({ first, children }: { first: CertificateType; children: ReactNode }) {
  const { data } = useQuery({
    queryKey: ['type', first.name],
    queryFn: () => call(contract.certificateType, { params: { name: first.name } }),
    initialData: first,
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // The same version is the same object: nothing that was made from it is made again.
    structuralSharing: (before, now) =>
      (before as CertificateType).version === (now as CertificateType).version ? before : now,
  })
  return <TypeContext value={data}>{children}</TypeContext>
}

/** What is below is about a type of its own: a record of another type, or a draft. */
export function GivenType({ type, children }: { type: CertificateType; children: ReactNode }) {
  return <TypeContext value={type}>{children}</TypeContext>
}

/** The type in force. */
export function useType(): CertificateType {
  const type = use(TypeContext)
  if (!type) throw new Error('useType outside TypeProvider')
  return type
}
