'use client'
/** Moving a certificate to another dose: only the current one, with a place left, and with nothing else on its way. */
import { useState } from 'react'
import { correctable, NotCorrectable } from '@/components/certificate-form/correct-page'
import { valuesOf } from '@/components/certificate-form/values'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
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
  const { timeZone } = usePlace()
  // What was typed into the form stays: it is sent with the move.
  const [draft, setDraft] = useState<Draft | null>(() => flow.draftOf(certificateId) ?? null)
  if (!draft && asked.data && correctable(asked.data)) {
    const values = valuesOf(asked.data.record, VACCINATION, timeZone)
    setDraft({ base: asked.data, values, attempt: newAttempt(), ready: false })
  }
  if (draft) return <MoveForm draft={draft} doses={doses} />
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data) return <NotCorrectable certificate={asked.data} />
  return <RecordSkeleton />
}
