'use client'
/** What became of several doses that were corrected together: each for itself, because each is signed for itself. */
import { Check, CircleX, Download, LoaderCircle, Search } from 'lucide-react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { PrintButton } from '@/components/print/print-button'
import { documentOf, useCertificate, useTransactions } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { CopyNumber } from '@/components/ui/copy-number'
import { useErrorTitle } from '@/components/ui/error-summary'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { CertificateNumber } from '@/components/ui/value'
import { words as validity } from '@/components/validity/words'
import { words } from '@/components/words'
import type { TransactionView } from '@/lib/api/contract'
import { TryAgain } from './outcome-page'
import { severalWords } from './several-words'

export function Several({ transactionIds }: { transactionIds: string[] }) {
  const asked = useTransactions(transactionIds)
  const known = asked.flatMap(({ data }) => data ?? [])
  const settled = asked.every(({ data, isError }) => isError || (data && data.state !== 'pending'))
  const issued = known.filter(({ state }) => state === 'issued').length
  const good = issued === transactionIds.length
  useErrorTitle(settled && !good)
  const title = !settled
    ? severalWords.signing(transactionIds.length)
    : good
      ? severalWords.done(issued)
      : issued > 0
        ? severalWords.some(issued, transactionIds.length)
        : severalWords.none
  return (
    <div className="mx-auto max-w-3xl pt-2 sm:pt-8">
      <p role="status" className="sr-only">
        {[title, ...known.map((one) => severalWords.announce(one.dose, said(one)))].join('. ')}
      </p>
      <h1 className="text-2xl">{title}</h1>
      {!good && <p className="mt-1 text-ink-2">{settled ? severalWords.someLead : severalWords.signingLead}</p>}
      <ul className="mt-5 space-y-4">
        {asked.map(({ data, isError, refetch }, index) => (
          <li key={transactionIds[index]}>
            {data ? (
              <Outcome transaction={data} />
            ) : isError ? (
              <Notice kind="warn" title={severalWords.unknown}>
                <Button size="small" className="mt-2" onClick={() => void refetch()}>
                  {words.retry}
                </Button>
              </Notice>
            ) : (
              <div className="sheet h-28 border-s-4 border-s-line" />
            )}
          </li>
        ))}
      </ul>
      <p className="mt-5">
        <Link href="/" className={buttonClass(good ? 'main' : 'second')}>
          <Search aria-hidden className="size-4" />
          {words.done.next}
        </Link>
      </p>
    </div>
  )
}

function said({ state, correctedDose }: TransactionView): string {
  if (state === 'pending') return severalWords.waiting
  if (state === 'failed') return severalWords.failed
  return correctedDose === null ? severalWords.doneOne : severalWords.moved(correctedDose)
}

const EDGE = { pending: 'border-s-act', issued: 'border-s-ok', failed: 'border-s-stop' }

function Outcome({ transaction }: { transaction: TransactionView }) {
  const { state, dose, failure } = transaction
  return (
    <article
      aria-labelledby={`outcome-${transaction.transactionId}`}
      className={`sheet border-s-4 px-6 py-5 ${EDGE[state]}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`outcome-${transaction.transactionId}`} className="text-lg">
          {severalWords.dose(dose)}
        </h2>
        <p className="flex items-center gap-2 text-[0.9375rem]">
          {state === 'pending' && (
            <LoaderCircle aria-hidden className="size-5 animate-[turn_1.2s_linear_infinite] text-act" />
          )}
          {state === 'issued' && <Check aria-hidden className="size-5 text-ok" strokeWidth={2.5} />}
          {state === 'failed' && <CircleX aria-hidden className="size-5 shrink-0 text-stop" />}
          <span className={state === 'issued' ? 'font-semibold text-ok' : 'text-ink-2'}>{said(transaction)}</span>
        </p>
      </div>
      {state === 'issued' && <Fresh transaction={transaction} />}
      {transaction.stuck && <p className="mt-2 text-sm text-ink-2">{words.done.stuck}</p>}
      {state === 'failed' && (
        <>
          {failure && (
            <p className="mt-2 text-[0.9375rem] text-ink-2">{validity.stopped[failure.code] ?? failure.message}</p>
          )}
          <p className="mt-2 text-xs text-ink-3">{words.record.failedReference(transaction.transactionId)}</p>
          <div className="mt-4">
            <TryAgain transaction={transaction} />
          </div>
        </>
      )}
    </article>
  )
}

function Fresh({ transaction: { certificateId, finishedAt, dose, checks } }: { transaction: TransactionView }) {
  const { timeZone } = usePlace()
  const fresh = useCertificate(certificateId).data
  const { steps } = words.done
  return (
    <>
      <p className="mt-2 flex flex-wrap items-center gap-x-1.5 text-ink-2">
        {words.done.newNumber}
        <span className="inline-flex items-center gap-x-1 text-ink">
          <CertificateNumber id={certificateId} strong />
          <CopyNumber id={certificateId} />
        </span>
      </p>
      <Facts className="numbers mt-0.5 text-sm text-ink-3">
        {finishedAt && <span>{momentOf(finishedAt, timeZone)}</span>}
        {fresh && <span>{words.allowance.left(fresh.lineage.updatesRemaining, fresh.lineage.updatesLimit)}</span>}
      </Facts>
      <Facts className="mt-1 text-sm text-ink-2">
        <span>{checks?.signatureVerified ? steps.signed : steps.notSigned}</span>
        <span>{checks?.qrScanned ? steps.scanned : steps.notScanned}</span>
        {fresh?.previousCertificateId && checks?.previousState === 'superseded' && (
          <span>
            <CertificateNumber id={fresh.previousCertificateId} /> {steps.replaced}
          </span>
        )}
      </Facts>
      <div className="mt-4 flex flex-wrap gap-3 max-sm:flex-col">
        <PrintButton certificateId={certificateId} current of={words.dose(dose)} />
        <a
          href={documentOf.pdf(certificateId)}
          download={`certificate-${certificateId}.pdf`}
          className={buttonClass('second')}
        >
          <Download aria-hidden className="size-4" />
          {words.done.download}
          <span className="sr-only"> {words.dose(dose)}</span>
        </a>
        <Link href={`/certificates/${certificateId}`} className={buttonClass('second')}>
          {severalWords.open(dose)}
        </Link>
      </div>
    </>
  )
}
