'use client'
/** Moving a certificate to another dose: only the current one, with a place left, and with nothing else on its way. */
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { correctable, NotCorrectable } from '@/components/certificate-form/correct-page'
import { valuesOf } from '@/components/certificate-form/values'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { restoredDraft } from '@/components/drafts/use-restored'
import { useFlow, type Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt, useCertificate, usePersonDoses } from '@/components/registry'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { useType } from '@/components/type-in-force'
import { MoveForm } from './move-form'

export function MovePage({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  const doses = usePersonDoses(certificateId)
  const flow = useFlow()
  const keeper = useDraftKeeper()
  const router = useRouter()
  const { timeZone } = usePlace()
  const type = useType()
  // What was typed into the form stays: it is sent with the move. Asked for only now, when the form has let go of it.
  const begun = useQuery({
    queryKey: ['begun', certificateId],
    queryFn: async (): Promise<Draft | null> => {
      const kept = keeper.isFor(certificateId) ? flow.draftOf(certificateId) : undefined
      return kept ?? restoredDraft(certificateId, timeZone, type)
    },
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const [draft, setDraft] = useState<Draft | null>(null)
  const outdated = begun.data?.base.state !== undefined && begun.data.base.state !== 'current'
  const single = type.lineage.sequence === undefined
  useEffect(() => {
    // The form compares what was typed with what somebody else corrected meanwhile.
    // Where nothing tells certificates of one code apart, there is nothing to move between.
    if (outdated || single) router.replace(`/certificates/${certificateId}/correct`)
  }, [outdated, single, router, certificateId])
  if (single) return <RecordSkeleton />
  if (!draft && !outdated && asked.data && begun.isFetched && correctable(asked.data)) {
    const values = valuesOf(asked.data.record, type, timeZone)
    setDraft(begun.data ?? { base: asked.data, values, attempt: newAttempt(), ready: false })
  }
  if (draft) return <MoveForm draft={draft} doses={doses} />
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data && begun.isFetched && !outdated) return <NotCorrectable certificate={asked.data} />
  return <RecordSkeleton />
}
