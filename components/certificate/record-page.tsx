'use client'
/** One certificate: whose it is, what it says, how it looks on paper, and what can be done with it. */
import { History, Pencil, UsersRound } from 'lucide-react'
import { ReissueLink } from '@/components/administration/reissues/reissue-link'
import { dayOf } from '@/components/display'
import { ReplacedNotice } from '@/components/find/replaced-notice'
import { useFlow } from '@/components/flow'
import { HolderLinks } from '@/components/holder-links/holder-links'
import { usePlace } from '@/components/place'
import { useHiddenValues } from '@/components/openings/hidden-values'
import { OpenedActions } from '@/components/openings/opened-actions'
import { PrintButton } from '@/components/print/print-button'
import { PrintedLine } from '@/components/print/printed-line'
import { PresenceNote } from '@/components/presence/presence-note'
import { usePresence } from '@/components/presence/use-presence'
import { documentOf, useCertificate } from '@/components/registry'
import { buttonClass } from '@/components/ui/button'
import { CopyNumber } from '@/components/ui/copy-number'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { StateTag } from '@/components/ui/tag'
import { CertificateNumber, Value } from '@/components/ui/value'
import { Said } from '@/components/validity/said'
import { ValidityActions } from '@/components/validity/validity-actions'
import { words as bulk } from '@/components/bulk/words'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import { useType } from '@/components/type-in-force'
import type { CertificateView } from '@/lib/api/contract'
import { eventOf } from '@/lib/certificate-types/type'
import { Allowance } from './allowance'
import { PagePicture } from './page-picture'
import { RecordSkeleton } from './record-skeleton'
import { RecordState } from './record-state'
import { ShowQr } from './show-qr'
import { Summary } from './summary'

export function RecordPage({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  if (asked.data) return <Record certificate={asked.data} />
  if (asked.error) {
    return <CertificateProblem error={asked.error} certificateId={certificateId} onRetry={() => void asked.refetch()} />
  }
  return <RecordSkeleton />
}

function Record({ certificate }: { certificate: CertificateView }) {
  const { timeZone } = usePlace()
  const type = useType()
  const flow = useFlow()
  const which = useWhich()
  const { certificateId, lineage } = certificate
  const here = `/certificates/${certificateId}`
  // What was opened with a reason is for reading.
  const own = certificate.opening === null
  const { values: revealed } = useHiddenValues()
  const presence = usePresence(certificateId, false, own)
  const correctable =
    own && certificate.state === 'current' && lineage.updatesRemaining > 0 && lineage.updatesPending === 0
  return (
    <>
      <ReplacedNotice certificateId={certificateId} />
      <PageHeading
        crumbs={[
          { key: 'find', label: words.find.crumb, href: '/' },
          { key: 'code', label: <Value ltr>{lineage.preEnrollmentCode}</Value> },
          { key: 'dose', label: which.title({ ...lineage, totalDoses: undefined }) },
        ]}
        title={<Value>{lineage.holderName}</Value>}
        tag={<StateTag state={certificate.state} />}
        lead={
          <Facts className="items-center">
            {which.kind(lineage) && <span>{which.kind(lineage)}</span>}
            <span>{which.title(lineage)}</span>
            <span>
              <Value>{lineage.vaccine}</Value>
            </span>
            <span className="inline-flex items-center">
              {words.certificateLower}&nbsp;
              <CertificateNumber id={certificateId} />
              <CopyNumber id={certificateId} />
            </span>
            <span>
              {words.version(certificate.version)}, {words.issuedOn(dayOf(certificate.issuedAt, timeZone))}
            </span>
          </Facts>
        }
        aside={
          // Of a cancelled certificate nothing is left to update.
          certificate.state !== 'revoked' && (
            <Allowance allowance={lineage} which={which.inside(lineage)} className="w-full sm:w-auto sm:max-w-96" />
          )
        }
      />
      <Said />
      <RecordState certificate={certificate} />
      <PresenceNote presence={presence} className="mt-3" />
      <div className="mt-5 flex flex-wrap gap-3" data-screen-only>
        {correctable && (
          <Link href={`${here}/correct`} className={buttonClass('main')} data-continue>
            <Pencil aria-hidden className="size-4" />
            {words.record.correct}
          </Link>
        )}
        {own && <PrintButton certificateId={certificateId} current={certificate.state === 'current'} />}
        {!own && <OpenedActions certificate={certificate} />}
        <Link href={`${here}/history`} className={buttonClass('second')}>
          <History aria-hidden className="size-4" />
          {words.record.history}
        </Link>
        {own && certificate.state === 'current' && eventOf(type)?.date && (
          <Link href={`${here}/same`} className={buttonClass('second')}>
            <UsersRound aria-hidden className="size-4" />
            {bulk.same.open}
          </Link>
        )}
      </div>
      {own && <PrintedLine certificateId={certificateId} className="mt-2 text-sm text-ink-3" />}
      <div className="mt-5 grid items-start gap-6 desk:grid-cols-[minmax(0,1fr)_22rem]">
        <div>
          <Summary
            type={type}
            record={certificate.record}
            onChange={correctable ? (path) => flow.leaveBehind({ focus: path }) : null}
            correctHref={`${here}/correct`}
          />
          {own && <ValidityActions certificate={certificate} />}
          {own && <ReissueLink certificate={certificate} />}
        </div>
        <div className="space-y-6 desk:sticky desk:top-20">
          {(own || revealed.size > 0) && (
            <section aria-label={words.record.picture} className="sheet overflow-hidden">
              <div className="bg-desk px-8 py-6">
                <PagePicture
                  src={documentOf.page(certificateId)}
                  alt={words.record.pictureAlt(certificateId)}
                  missing={words.record.pictureMissing}
                  className="mx-auto max-w-72"
                />
              </div>
              <div
                className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-3 py-2.5"
                data-screen-only
              >
                <ShowQr
                  certificateId={certificateId}
                  detail={words.preview.meter(
                    certificate.qr.version,
                    certificate.qr.bytes,
                    certificate.qr.printMillimetres,
                  )}
                />
                <a
                  href={documentOf.pdf(certificateId)}
                  target="_blank"
                  rel="noopener"
                  className={buttonClass('quiet', 'small')}
                >
                  {words.record.openPdf}
                </a>
                {revealed.size > 0 && (
                  <a href={documentOf.credential(certificateId)} download className={buttonClass('quiet', 'small')}>
                    {words.record.downloadCredential}
                  </a>
                )}
              </div>
            </section>
          )}
          {own && <HolderLinks certificateId={certificateId} />}
        </div>
      </div>
    </>
  )
}
