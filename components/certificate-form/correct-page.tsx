'use client'
/** Correcting a certificate: only the current one, with a place left, and with nothing else on its way; or going on with a draft. */
import { useEffect, useState } from 'react'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { useRestored } from '@/components/drafts/use-restored'
import { useFlow, type Draft } from '@/components/flow'
import { usePlace } from '@/components/place'
import { newAttempt, useCertificate } from '@/components/registry'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { ProblemPage } from '@/components/ui/problem-page'
import { useType } from '@/components/type-in-force'
import { useLater } from '@/components/ui/use-later'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'
import { CorrectForm } from './correct-form'
import { valuesOf } from './values'

export function CorrectPage({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  const flow = useFlow()
  const keeper = useDraftKeeper()
  const { timeZone } = usePlace()
  const type = useType()
  // What this page remembers counts while it is also what is being kept; else the server knows better.
  const [kept] = useState(() => (keeper.isFor(certificateId) ? flow.draftOf(certificateId) : undefined))
  const restored = useRestored(certificateId, kept === undefined)
  const isRestored = restored.data !== undefined || restored.isError
  const [draft, setDraft] = useState<Draft | null>(kept ?? null)
  const [comparing, setComparing] = useState(false)
  const conflict = useLater(loadConflict, comparing)
  const [{ notice = null, focus = null }] = useState(() => flow.leftBehind())
  useEffect(() => flow.leaveBehind({}), [flow])
  if (!draft && asked.data && isRestored) {
    const found = restored.data
    if (found && found.base.state !== 'current') {
      setDraft(found)
      setComparing(true)
    } else if (correctable(asked.data)) {
      const values = valuesOf(asked.data.record, type, timeZone)
      setDraft(found ?? { base: asked.data, values, attempt: newAttempt(), ready: false })
    }
  }
  if (draft && comparing) return conflict ? <conflict.Conflict draft={draft} /> : <RecordSkeleton />
  if (draft)
    return (
      <CorrectForm
        draft={draft}
        notice={notice}
        focus={focus}
        restored={kept !== undefined && notice === null && !kept.ready}
        onCompare={(current) => {
          setDraft(current)
          setComparing(true)
        }}
      />
    )
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data && isRestored) return <NotCorrectable certificate={asked.data} />
  return <RecordSkeleton />
}

function loadConflict() {
  return import('@/components/conflict/conflict')
}

/** Can a correction begin now? Where no update is left, it is one that a supervisor is asked about. */
export function correctable({ state, lineage }: CertificateView): boolean {
  return state === 'current' && lineage.updatesPending === 0
}

/** Why it cannot, and where to go instead. */
export function NotCorrectable({ certificate }: { certificate: CertificateView }) {
  const { lineage, state } = certificate
  const which = useWhich()
  const current = lineage.current?.certificateId
  const why =
    state === 'revoked'
      ? words.record.revoked
      : state === 'suspended'
        ? words.record.suspended
        : state !== 'current'
          ? words.correct.notCurrent
          : lineage.updatesPending > 0
            ? words.correct.pendingNow
            : words.allowance.noneNext(which.inside(lineage), lineage.updatesUsed)
  return (
    <ProblemPage
      title={state === 'current' && lineage.updatesPending === 0 ? words.allowance.none : words.correct.notNow}
      actions={
        <Link href={`/certificates/${current ?? certificate.certificateId}`} className={buttonClass('second')}>
          {words.record.openCurrent}
        </Link>
      }
    >
      <p role="status">{why}</p>
    </ProblemPage>
  )
}
