'use client'
/** What became of an accepted update: being signed, issued, or not. Its address can be left and opened again. */
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { codeOf, useTransaction } from '@/components/registry'
import { HolderLinks } from '@/components/holder-links/holder-links'
import { Button, buttonClass } from '@/components/ui/button'
import { useErrorTitle } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { ProblemPage } from '@/components/ui/problem-page'
import { words as validity } from '@/components/validity/words'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { CertificateType } from '@/lib/certificate-types/type'
import { call } from '@/lib/api/call'
import type { TransactionView } from '@/lib/api/contract'
import { Issued } from './issued'
import { Signing } from './signing'
import { titleOf } from './title'

export function OutcomePage({ transactionId }: { transactionId: string }) {
  const asked = useTransaction(transactionId)
  const transaction = asked.data
  const type = useType(transaction?.type)
  // Seen pending on this page: then the arrival of the new certificate is worth a movement.
  const [waited, setWaited] = useState(false)
  if (transaction?.state === 'pending' && !waited) setWaited(true)
  if (!transaction && asked.error) {
    return codeOf(asked.error) === 'TRANSACTION_NOT_FOUND' ? (
      <ProblemPage
        title={words.done.notFoundTitle}
        actions={
          <Link href="/" className={buttonClass('second')}>
            {words.page.goFind}
          </Link>
        }
      >
        <p>{words.done.notFound}</p>
      </ProblemPage>
    ) : (
      <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
    )
  }
  return (
    <div className="mx-auto max-w-3xl pt-2 sm:pt-8">
      {/* One region for all that happens here, so that it is read out in order. */}
      <p role="status" className="sr-only">
        {announcement(transaction, type)}
      </p>
      {!transaction || transaction.state === 'pending' ? (
        <Signing transaction={transaction} />
      ) : transaction.state === 'issued' ? (
        <div className="space-y-6">
          <Issued transaction={transaction} arrived={waited} />
          <HolderLinks certificateId={transaction.certificateId} />
        </div>
      ) : (
        <Failed transaction={transaction} />
      )}
    </div>
  )
}

function announcement(transaction: TransactionView | undefined, type: CertificateType): string {
  if (!transaction || transaction.state === 'pending') return words.done.signing
  if (transaction.state === 'failed') return words.done.failedTitle
  return titleOf(transaction, type)
}

function Failed({ transaction }: { transaction: TransactionView }) {
  useErrorTitle(true)
  const update = transaction.kind === 'update'
  const stopped = validity.stopped[transaction.failure?.code ?? '']
  return (
    <div className="sheet overflow-hidden border-s-4 border-s-stop px-6 py-6 sm:px-8">
      <h1 className="text-2xl">{words.done.failedTitle}</h1>
      <p className="mt-2">{stopped ?? (update ? words.done.failed : words.done.failedFirst)}</p>
      {transaction.failure && !stopped && <p className="mt-2 text-ink-2">{transaction.failure.message}</p>}
      <p className="mt-3 text-xs text-ink-3">{words.record.failedReference(transaction.transactionId)}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {update && !stopped && <TryAgain transaction={transaction} />}
        <Link href="/" className={buttonClass('second')}>
          {words.done.next}
        </Link>
      </div>
    </div>
  )
}

/** Back to the form of the certificate that is still current, with the values that were not issued beside its fields. */
export function TryAgain({ transaction }: { transaction: TransactionView }) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const go = async () => {
    setAsking(true)
    const { transactionId, correctedDose } = transaction
    const advice = await call('GET /v3/transactions/{transactionId}/advice', { params: { transactionId } }).catch(
      () => null,
    )
    const where = correctedDose === null ? `correct?again=${transactionId}` : 'move'
    router.push(advice?.current ? `/certificates/${advice.current}/${where}` : '/')
  }
  return (
    <Button kind="main" busy={asking} onClick={() => void go()}>
      {words.done.again}
    </Button>
  )
}
