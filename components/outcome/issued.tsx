'use client'
/** The certificate was replaced: what really happened, read from the registry, and what comes next. */
import { Check, Download, Search, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { PagePicture } from '@/components/certificate/page-picture'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { PrintButton } from '@/components/print/print-button'
import { documentOf, useCertificate } from '@/components/registry'
import { buttonClass } from '@/components/ui/button'
import { CopyNumber } from '@/components/ui/copy-number'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { CertificateNumber } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { TransactionView } from '@/lib/api/contract'
import { titleOf } from './title'

export function Issued({ transaction, arrived }: { transaction: TransactionView; arrived: boolean }) {
  const { timeZone } = usePlace()
  const { certificateId, checks } = transaction
  const type = useType(transaction.type)
  const fresh = useCertificate(certificateId)
  const previousId = fresh.data?.previousCertificateId ?? null
  const lineage = fresh.data?.lineage
  const { steps } = words.done
  return (
    <div className="sheet overflow-hidden border-s-4 border-s-ok">
      <div className="grid gap-x-8 gap-y-5 px-6 py-6 sm:grid-cols-[minmax(0,1fr)_9.5rem] sm:px-8">
        <div className="min-w-0">
          <h1 className="text-2xl">{titleOf(transaction, type)}</h1>
          <p className="mt-2 flex flex-wrap items-center gap-x-1.5 text-ink-2">
            {words.done.newNumber}
            <span className="inline-flex items-center gap-x-1 text-lg text-ink">
              <CertificateNumber id={certificateId} strong />
              <CopyNumber id={certificateId} />
            </span>
          </p>
          <Facts className="numbers text-sm text-ink-3">
            {transaction.finishedAt && <span>{momentOf(transaction.finishedAt, timeZone)}</span>}
            {lineage && <span>{words.allowance.left(lineage.updatesRemaining, lineage.updatesLimit)}</span>}
          </Facts>
          <ul className="mt-5 space-y-2.5 text-[0.9375rem]">
            {checks?.signatureVerified ? <Step ok>{steps.signed}</Step> : <Step ok={false}>{steps.notSigned}</Step>}
            {checks?.qrScanned ? (
              <Step ok note={words.done.independent}>
                {steps.scanned}
              </Step>
            ) : (
              <Step ok={false}>{steps.notScanned}</Step>
            )}
            {previousId && <Replaced certificateId={previousId} />}
          </ul>
          <p className="mt-5 text-[0.9375rem]">
            <Link href={`/certificates/${certificateId}`}>{words.done.open}</Link>
          </p>
        </div>
        <div aria-hidden className="relative self-start max-sm:hidden">
          {previousId && (
            <div
              className={`absolute inset-0 translate-x-2.5 translate-y-2.5 rotate-3 rounded-[3px] border border-line bg-desk opacity-70 ${arrived ? 'animate-[slide-behind_0.7s_ease-out]' : ''}`}
            />
          )}
          <div className={arrived ? 'animate-[arrive_0.5s_ease-out]' : ''}>
            <PagePicture src={documentOf.page(certificateId)} alt="" missing="" />
          </div>
        </div>
      </div>
      <div className="flex flex-wrap gap-3 border-t border-line bg-paper px-6 py-4 max-sm:flex-col sm:px-8">
        <PrintButton certificateId={certificateId} current kind="main" />
        <a
          href={documentOf.pdf(certificateId)}
          download={`certificate-${certificateId}.pdf`}
          className={buttonClass('second')}
        >
          <Download aria-hidden className="size-4" />
          {words.done.download}
        </a>
        <Link href="/" className={buttonClass('second')} data-continue>
          <Search aria-hidden className="size-4" />
          {words.done.next}
        </Link>
      </div>
    </div>
  )
}

/** The old number, asked for again: said to be replaced only when the registry says so. */
function Replaced({ certificateId }: { certificateId: string }) {
  const old = useCertificate(certificateId)
  const number = <CertificateNumber id={certificateId} strong />
  if (old.data && !old.isFetching && old.data.state !== 'superseded') {
    return (
      <Step ok={false}>
        {number} {words.done.steps.notReplaced}
      </Step>
    )
  }
  return (
    <Step
      ok={old.data?.state === 'superseded' ? true : old.error ? false : null}
      note={old.data && words.done.readBack}
    >
      {number}{' '}
      {old.data?.state === 'superseded'
        ? words.done.steps.replaced
        : old.error
          ? words.done.steps.notReplaced
          : words.done.steps.reading}
    </Step>
  )
}

function Step({ ok, note, children }: { ok: boolean | null; note?: string; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3">
      {ok === null ? (
        <span aria-hidden className="mt-0.5 size-5 shrink-0 rounded-full border-2 border-line-strong" />
      ) : ok ? (
        <Check aria-hidden className="mt-0.5 size-5 shrink-0 text-ok" strokeWidth={2.5} />
      ) : (
        <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      )}
      <span className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-4">
        <span className="min-w-0">{children}</span>
        {note && <span className="text-xs leading-6 text-ink-3">{note}</span>}
      </span>
    </li>
  )
}
