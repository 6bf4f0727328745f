'use client'
/** The draft that the server has of a certificate, as a correction that can go on. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useBrought } from '@/components/brought'
import { valuesOf } from '@/components/certificate-form/values'
import type { Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt, readCertificate } from '@/components/registry'
import { useType } from '@/components/type-in-force'
import { call } from '@/lib/api/call'
import type { CertificateType } from '@/lib/certificate-types/type'
import { draftContentOf, withDraft } from './draft-content'
import { useDraftKeeper } from './drafts-provider'

/** Asks once when the page opens. null: there is none. Its base may be an older version than the one asked for. */
export function useRestored(certificateId: string, enabled: boolean): UseQueryResult<Draft | null> {
  const { timeZone } = usePlace()
  const type = useType()
  const { initialData, ...rest } = useBrought('GET /v3/drafts/{certificateId}', { params: { certificateId } })
  // A draft that there is brings its certificate along: that is asked for.
  const brought = initialData?.draft === null ? { initialData: null, ...rest } : {}
  return useQuery({
    ...brought,
    queryKey: ['draft', certificateId],
    queryFn: () => restoredDraft(certificateId, timeZone, type),
    enabled,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** The server's draft of a certificate, null without one. */
export async function restoredDraft(
  certificateId: string,
  timeZone: string,
  type: CertificateType,
): Promise<Draft | null> {
  const { draft } = await call('GET /v3/drafts/{certificateId}', { params: { certificateId } })
  if (!draft) return null
  const base = await readCertificate(draft.certificateId)
  const values = withDraft(type, valuesOf(base.record, type, timeZone), draft)
  return { base, values, attempt: newAttempt(), ready: false, moveTo: draft.moveTo, restoredAt: draft.savedAt }
}

/** From now on what belongs to this correction is kept as its draft. */
export function useKeeping(draft: Draft): void {
  const keeper = useDraftKeeper()
  const { timeZone } = usePlace()
  const type = useType()
  useEffect(() => {
    const { base, values, moveTo, restoredAt } = draft
    const initial = valuesOf(base.record, type, timeZone)
    const known = restoredAt === undefined ? initial : values
    keeper.begin(
      base.certificateId,
      draftContentOf(type, known, initial, restoredAt === undefined ? undefined : moveTo),
      restoredAt ?? null,
    )
    keeper.note(draftContentOf(type, values, initial, moveTo))
  }, [draft, keeper, timeZone, type])
}
