'use client'
/** What a person must know before doing anything with a certificate: replaced, revoked, being issued, failed, no updates left. */
import { PendingNotice } from '@/components/approvals/pending-notice'
import { words as approvalWords } from '@/components/approvals/words'
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { CertificateNumber } from '@/components/ui/value'
import { StandingNotice } from '@/components/validity/standing-notice'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'

export function RecordState({ certificate }: { certificate: CertificateView }) {
  const which = useWhich()
  const { timeZone } = usePlace()
  const { lineage, state } = certificate
  const current = lineage.current?.certificateId
  const failed = lineage.transactions.find(
    (transaction) => transaction.state === 'failed' && transaction.acceptedAt > certificate.issuedAt,
  )
  return (
    <div className="mt-5 space-y-3 empty:hidden">
      {state === 'superseded' && (
        <Notice
          kind="warn"
          title={words.record.replaced(dayOf(certificate.supersededAt ?? certificate.issuedAt, timeZone))}
        >
          <p>{words.record.replacedNext}</p>
          {current && (
            <p className="mt-1">
              <Link href={`/certificates/${current}`} className="link font-semibold">
                {words.record.openCurrent} (<CertificateNumber id={current} />)
              </Link>
            </p>
          )}
        </Notice>
      )}
      <StandingNotice certificate={certificate} />
      <PendingNotice approval={lineage.approval} />
      <div role="status" className="empty:hidden">
        {lineage.updatesPending > 0 && <Notice kind="info" title={words.record.pending} />}
      </div>
      {state === 'current' && failed && lineage.updatesPending === 0 && (
        <Notice kind="stop" title={words.record.failed}>
          <p className="flex flex-wrap gap-x-4">
            {lineage.updatesRemaining > 0 && (
              <Link
                href={`/certificates/${certificate.certificateId}/correct?again=${failed.transactionId}`}
                className="link font-semibold"
              >
                {words.retry}
              </Link>
            )}
            <span className="text-sm text-ink-2">{words.record.failedReference(failed.transactionId)}</span>
          </p>
        </Notice>
      )}
      {state === 'current' && lineage.updatesRemaining === 0 && lineage.updatesPending === 0 && (
        <Notice kind="warn" title={words.allowance.none}>
          <p>
            {words.allowance.noneNext(which.inside(lineage), lineage.updatesUsed)}{' '}
            <Link href={`/certificates/${certificate.certificateId}/history`}>{words.allowance.seeHistory}</Link>
          </p>
          {!lineage.approval && (
            <Link
              href={`/certificates/${certificate.certificateId}/correct`}
              className="link inline-flex min-h-11 items-center font-semibold"
            >
              {approvalWords.beyond.ask}
            </Link>
          )}
        </Notice>
      )}
    </div>
  )
}
