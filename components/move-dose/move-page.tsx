'use client'
/** Moving a certificate to another dose: only the current one, with a place left, and with nothing else on its way. */
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { correctable, NotCorrectable } from '@/components/certificate-form/correct-page'
import { valuesOf } from '@/components/certificate-form/values'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { useRestored } from '@/components/drafts/use-restored'
import { useFlow, type Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt, useCertificate, usePersonDoses } from '@/components/registry'
import { CertificateProblem } from '@/components/ui/problem-page'
import { VACCINATION } from '@/lib/certificate-types/type'
import { MoveForm } from './move-form'

export function MovePage({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  const doses = usePersonDoses(certificateId)
  const flow = useFlow()
  const keeper = useDraftKeeper()
  const router = useRouter()
  const { timeZone } = usePlace()
  // What was typed into the form stays: it is sent with the move.
  const [kept] = useState(() => (keeper.isFor(certificateId) ? flow.draftOf(certificateId) : undefined))
  const restored = useRestored(certificateId, kept === undefined)
  const [draft, setDraft] = useState<Draft | null>(kept ?? null)
  const outdated = restored.data !== null && restored.data !== undefined && restored.data.base.state !== 'current'
  useEffect(() => {
    // The form compares what was typed with what somebody else corrected meanwhile.
    if (outdated) router.replace(`/certificates/${certificateId}/correct`)
  }, [outdated, router, certificateId])
  if (!draft && !outdated && asked.data && restored.isFetched && correctable(asked.data)) {
    const values = valuesOf(asked.data.record, VACCINATION, timeZone)
    setDraft(restored.data ?? { base: asked.data, values, attempt: newAttempt(), ready: false })
  }
  if (draft) return <MoveForm draft={draft} doses={doses} />
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data && restored.isFetched && !outdated) return <NotCorrectable certificate={asked.data} />
  return <RecordSkeleton />
}
