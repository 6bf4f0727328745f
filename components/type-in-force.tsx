'use client'
/** The certificate types that the screens are made of: forms, tables and lists read their fields. */
import { useQueries } from '@tanstack/react-query'
import { createContext, use, type ReactNode } from 'react'
import { call } from '@/lib/api/call'
import type { CertificateType } from '@/lib/certificate-types/type'

/** What is in force may change while somebody works: each screen that opens looks again after this long. */
const FRESH_MS = 30_000

const AllContext = createContext<ReadonlyMap<string, CertificateType>>(new Map())
const TypeContext = createContext<CertificateType | null>(null)

/**
 * `first`: the types in force as the page came with them; the first one is that of pages that are about no record. A form
 * that is open keeps the type that it was opened with.
 */
export function TypeProvider({ first, children }: { first: readonly CertificateType[]; children: ReactNode }) {
  const all = useQueries({
    queries: first.map((type) => ({
      queryKey: ['type', type.name],
      queryFn: () => call('GET /v3/types/{name}', { params: { name: type.name } }),
      initialData: type,
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The same version is the same object: nothing that was made from it is made again.
      structuralSharing: (before: unknown, now: unknown) =>
        (before as CertificateType).version === (now as CertificateType).version ? before : now,
    })),
    combine: byName,
  })
  return (
    <AllContext value={all}>
      <TypeContext value={all.get(first[0]!.name)!}>{children}</TypeContext>
    </AllContext>
  )
}

function byName(answers: { data: CertificateType }[]): ReadonlyMap<string, CertificateType> {
  return new Map(answers.map(({ data }) => [data.name, data]))
}

/** What is below is about a type of its own: a record of another type, or a draft. */
export function GivenType({ type, children }: { type: CertificateType; children: ReactNode }) {
  return <TypeContext value={type}>{children}</TypeContext>
}

/** The type that the page is about; with a name that one, where it is in force. */
export function useType(name?: string): CertificateType {
  const [all, here] = [use(AllContext), use(TypeContext)]
  if (!here) throw new Error('useType outside TypeProvider')
  return (name === undefined ? undefined : all.get(name)) ?? here
}

/** All types in force, by name. */
export function useTypes(): ReadonlyMap<string, CertificateType> {
  return use(AllContext)
}
