'use client'
/** Cancelling, suspending, lifting: a page each, because they hit other people at once. Only for the newest certificate of a dose. */
import { useState } from 'react'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { useCertificate } from '@/components/registry'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { ProblemPage } from '@/components/ui/problem-page'
import { Value } from '@/components/ui/value'
import type { CertificateView } from '@/lib/api/contract'
import { ValidityForm } from './validity-form'
import { words, type Action } from './words'

export function ValidityPage({ certificateId, action }: { certificateId: string; action: Action }) {
  const asked = useCertificate(certificateId)
  const [overtaken, setOvertaken] = useState(false)
  // What was open stays open while somebody fills it in; whether it still holds is asked when it is sent.
  const [base, setBase] = useState<CertificateView | null>(null)
  if (!base && asked.data && isPossible(asked.data, action)) setBase(asked.data)
  if (base && !overtaken)
    return <ValidityForm certificate={base} action={action} onOvertaken={() => setOvertaken(true)} />
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data && !asked.isFetching) return <NotPossible certificate={asked.data} overtaken={overtaken} />
  return <RecordSkeleton />
}

function isPossible({ state }: CertificateView, action: Action): boolean {
  return state === 'suspended' || (state === 'current' && action !== 'lift')
}

function NotPossible({ certificate, overtaken }: { certificate: CertificateView; overtaken: boolean }) {
  const { timeZone } = usePlace()
  const { state, lineage, certificateId } = certificate
  const current = lineage.current?.certificateId
  const entry = lineage.history.find((version) => version.certificateId === certificateId)?.statuses.at(-1)
  const sentences = words.overtaken
  return (
    <ProblemPage
      title={overtaken ? sentences.title : sentences.titleNotNow}
      actions={
        <Link href={`/certificates/${current ?? certificateId}`} className={buttonClass('main')}>
          {state === 'superseded' && current ? sentences.openNewest : sentences.openThis}
        </Link>
      }
    >
      <p role="status">
        {state === 'superseded' && (overtaken ? sentences.superseded : sentences.supersededNotNow)}
        {state === 'revoked' && entry && (
          <Value>{sentences.revoked(entry.by.name, momentOf(entry.at, timeZone))}</Value>
        )}
        {state === 'current' && sentences.current}
      </p>
    </ProblemPage>
  )
}
