'use client'
/** The last look before a certificate is replaced. Without a correction that could be sent there is nothing to check: back to the form. */
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { correctable } from '@/components/certificate-form/correct-page'
import { errorsOf } from '@/components/certificate-form/use-correction'
import { itemOf } from '@/components/certificate-form/values'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { useRestored } from '@/components/drafts/use-restored'
import { useFlow, type Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { useType } from '@/components/type-in-force'
import type { CertificateType } from '@/lib/certificate-types/type'
import { changesBetween } from '@/lib/certificates/diff'
import { CheckForm } from './check-form'

export function CheckPage({ certificateId }: { certificateId: string }) {
  const flow = useFlow()
  const router = useRouter()
  const { timeZone } = usePlace()
  const type = useType()
  const [kept] = useState(() => flow.draftOf(certificateId))
  const restored = useRestored(certificateId, kept === undefined)
  const [draft, setDraft] = useState<Draft | null>(kept?.ready ? kept : null)
  const found = kept ?? restored.data
  const known = kept !== undefined || restored.data !== undefined || restored.isError
  useEffect(() => {
    if (draft || !known) return
    void (async () => {
      if (found && (await canBeSent(found, certificateId, type, timeZone))) return setDraft({ ...found, ready: true })
      if (!found) flow.leaveBehind({ notice: 'reloaded' })
      router.replace(`/certificates/${certificateId}/correct`)
    })()
  }, [draft, known, found, flow, router, certificateId, type, timeZone])
  return draft ? <CheckForm draft={draft} /> : <RecordSkeleton />
}

/** A draft that is complete and still about this certificate may go on where it was. */
async function canBeSent(
  { base, values, moveTo }: Draft,
  certificateId: string,
  type: CertificateType,
  timeZone: string,
): Promise<boolean> {
  if (base.certificateId !== certificateId || !correctable(base)) return false
  const changes = changesBetween(base.record, itemOf(values, base.record, type, timeZone), type)
  const any = changes.length > 0 || moveTo !== undefined
  return any && Object.keys(await errorsOf(values, base.record, type, timeZone)).length === 0
}
