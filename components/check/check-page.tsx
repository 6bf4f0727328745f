'use client'
/** The last look before a certificate is replaced. Without a correction in memory there is nothing to check: back to the form. */
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { useFlow } from '@/components/flow'
import { CheckForm } from './check-form'

export function CheckPage({ certificateId }: { certificateId: string }) {
  const flow = useFlow()
  const router = useRouter()
  const [draft] = useState(() => flow.draftOf(certificateId))
  const ready = draft?.ready === true
  useEffect(() => {
    if (ready) return
    if (!draft) flow.leaveBehind({ notice: 'reloaded' })
    router.replace(`/certificates/${certificateId}/correct`)
  }, [ready, draft, flow, router, certificateId])
  return ready ? <CheckForm draft={draft} /> : <RecordSkeleton />
}
