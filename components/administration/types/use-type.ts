'use client'
/** What the registry knows of one type: its versions, one of them, and what depends on them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { HELD } from '@/components/administration/loaded'
import { useParts } from '@/components/use-parts'
import { call } from '@/lib/api/call'

/** All versions, the newest first. */
export function useVersions(name: string) {
  return useQuery({
    queryKey: ['type-versions', name],
    queryFn: () => call('GET /v3/types/{name}/versions', { params: { name } }),
  })
}

/** One version as it was written; what is typed on its page must not change under the hands. */
export function useVersion(name: string, version: number) {
  return useQuery({
    queryKey: ['type-version', name, version],
    queryFn: () => call('GET /v3/types/{name}/versions/{version}', { params: { name, version } }),
    ...HELD,
  })
}

/** The numbers of words that are taken. */
export function useTypeUse(name: string) {
  return useQuery({
    queryKey: ['type-use', name],
    queryFn: () => call('GET /v3/types/{name}/use', { params: { name } }),
  })
}

/** Certificates by version, counted part by part; null while that goes on. */
export function useCertificatesByVersion(name: string): Map<number, number> | null {
  const { parts, isWhole } = useParts(['type-use', name, 'all'], (after) =>
    call('GET /v3/types/{name}/use', { params: { name }, query: after ? { after } : {} }),
  )
  if (!isWhole) return null
  const sums = new Map<number, number>()
  for (const { version, current } of parts.flatMap(({ versions }) => versions)) {
    sums.set(version, (sums.get(version) ?? 0) + current)
  }
  return sums
}

/** Forgets what was known of the types: something was written. */
export function useTypesChanged(): () => void {
  const queries = useQueryClient()
  return () => {
    for (const key of ['type-overview', 'type-versions', 'type-use', 'type']) {
      void queries.invalidateQueries({ queryKey: [key] })
    }
  }
}
