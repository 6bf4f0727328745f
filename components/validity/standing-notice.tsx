'use client'
/** That a certificate is cancelled or suspended: since when, until when, why, and who said so. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import type { CertificateView } from '@/lib/api/contract'
import { words } from './words'

export function StandingNotice({ certificate }: { certificate: CertificateView }) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const { certificateId, state, lineage } = certificate
  const version = lineage.history.find((one) => one.certificateId === certificateId)
  if (!version || (state !== 'revoked' && state !== 'suspended')) return null
  const { since, until, statuses } = version
  const entry = statuses.at(-1)
  const moment = (instant: string) => momentOf(instant, timeZone)
  const revoked = state === 'revoked'
  const sentences = words.standing
  return (
    <Notice
      kind={revoked ? 'stop' : 'warn'}
      title={
        revoked
          ? sentences.cancelled(moment(since))
          : until === null
            ? sentences.suspended(moment(since))
            : sentences.suspendedUntil(moment(since), moment(until))
      }
    >
      <p>
        {revoked ? sentences.cancelledNext : until === null ? sentences.suspendedNext : sentences.suspendedUntilNext}
      </p>
      {entry && (
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
          {entry.reason && <Fact label={sentences.why}>{words.causes[state][entry.reason.cause]}</Fact>}
          {entry.reason?.note && <Fact label={sentences.note}>{entry.reason.note}</Fact>}
          <Fact label={sentences.by}>{entry.by.name}</Fact>
        </dl>
      )}
      {revoked && <p className="mt-1.5">{sentences.again(which.inPlace(lineage))}</p>}
    </Notice>
  )
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="wrap-anywhere">
        <Value>{children}</Value>
      </dd>
    </>
  )
}
