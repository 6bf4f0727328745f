'use client'
/** Why the registry did not take a correction, and what to do next. */
import { words as approvalWords } from '@/components/approvals/words'
import { timeOf } from '@/components/display'
import { useDraftState } from '@/components/drafts/drafts-provider'
import { signInAddress } from '@/components/idle/sign-in-address'
import { MoveLink } from '@/components/move-dose/move-link'
import { usePlace } from '@/components/place'
import { codeOf, useCertificate } from '@/components/registry'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { words } from '@/components/words'
import { ApiError } from '@/lib/api/call'
import { doseWords } from './dose-words'
import { holderWords } from './holder-words'

export function Refused({ error, certificateId }: { error: unknown; certificateId: string }) {
  switch (codeOf(error)) {
    case 'UPDATE_LIMIT_REACHED':
      return <LimitReached certificateId={certificateId} />
    case 'NOT_YOUR_FACILITY':
      return (
        <Notice kind="stop" title={words.refused.otherFacility}>
          <p>{words.refused.otherFacilityNext}</p>
        </Notice>
      )
    case 'NOT_CONFIRMED':
      return (
        <Notice kind="warn" title={holderWords.notConfirmed}>
          <p>{holderWords.notConfirmedNext}</p>
        </Notice>
      )
    case 'DOSE_TAKEN':
      return (
        <Notice kind="stop" title={doseWords.taken}>
          <p>{(error as ApiError).body.message}</p>
          <MoveLink label={doseWords.choose} />
        </Notice>
      )
    case 'APPROVAL_PENDING':
      return <AlreadyAsked certificateId={certificateId} />
    case 'UPDATE_PENDING':
      return (
        <Notice kind="warn" title={doseWords.pending}>
          <p>{doseWords.pendingNext}</p>
          <Link href={`/certificates/${certificateId}`} className="link font-semibold">
            {doseWords.openCertificate}
          </Link>
        </Notice>
      )
    case 'CERTIFICATE_REVOKED':
      return <Notice kind="stop" title={words.refused.revoked} />
    case 'CERTIFICATE_SUSPENDED':
      return <Notice kind="stop" title={words.refused.suspended} />
    case 'UNAUTHENTICATED':
      return (
        <Notice kind="warn" title={words.refused.signedOut}>
          <p>{words.refused.signedOutNext}</p>
          <a href={signInAddress()} className="link font-semibold">
            {words.refused.signIn}
          </a>
        </Notice>
      )
    case 'REGISTRY_UNAVAILABLE':
    case 'RENDERER_UNAVAILABLE':
    case 'TOO_MANY_ATTEMPTS':
      return (
        <Notice kind="warn" title={words.refused.busy}>
          <p>{words.refused.unavailableNext}</p>
        </Notice>
      )
    case 'UNREACHABLE':
    case 'INTERNAL_ERROR':
    case '':
      return (
        <Notice kind="warn" title={words.refused.unavailable}>
          <p>{words.refused.unavailableNext}</p>
          {error instanceof ApiError && error.body.reference && (
            <p className="text-sm text-ink-2">{words.refused.reference(error.body.reference)}</p>
          )}
        </Notice>
      )
    default:
      return <Details error={error as ApiError} />
  }
}

/** A request of somebody else, or an earlier one, has to be decided first. */
function AlreadyAsked({ certificateId }: { certificateId: string }) {
  const waiting = useCertificate(certificateId).data?.lineage.approval
  return (
    <Notice kind="warn" title={approvalWords.pending.already}>
      <p>{approvalWords.pending.alreadyNext}</p>
      {waiting && (
        <Link href={`/approvals/${waiting.requestId}`} className="link font-semibold">
          {approvalWords.pending.open}
        </Link>
      )}
    </Notice>
  )
}

function LimitReached({ certificateId }: { certificateId: string }) {
  const { timeZone } = usePlace()
  const last = useCertificate(certificateId).data?.lineage.history[0]
  const saved = useDraftState().kind === 'saved'
  return (
    <Notice
      kind="stop"
      title={last ? words.refused.limitBy(last.by.name, timeOf(last.issuedAt, timeZone)) : words.refused.limit}
    >
      <p>{saved ? words.refused.limitDraft : words.refused.limitNext}</p>
    </Notice>
  )
}

function Details({ error }: { error: ApiError }) {
  const sentences = new Set([error.body.message, ...(error.body.details ?? []).map((detail) => detail.message)])
  return (
    <Notice kind="stop" title={words.refused.details}>
      <ul>
        {[...sentences].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  )
}
