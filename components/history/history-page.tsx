'use client'
/** Everything that happened to a certificate, newest first. */
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { usePrints } from '@/components/print/use-prints'
import { useCertificate } from '@/components/registry'
import { RecordSkeleton } from '@/components/certificate/record-skeleton'
import { Allowance } from '@/components/certificate/allowance'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { CertificateProblem } from '@/components/certificate/certificate-problem'
import { CertificateNumber, Value } from '@/components/ui/value'
import { useWhich } from '@/components/which'
import { words } from '@/components/words'
import type { CertificateView, PrintRun, StatusEntry, TransactionView, Version } from '@/lib/api/contract'
import { LooksCard } from './looks-card'
import { PrintEntry, StatusHistoryEntry, Unfinished, VersionEntry } from './history-entry'

export function HistoryPage({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  if (asked.data) return <History certificate={asked.data} />
  if (asked.error) return <CertificateProblem error={asked.error} onRetry={() => void asked.refetch()} />
  return <RecordSkeleton />
}

function History({ certificate }: { certificate: CertificateView }) {
  const { timeZone } = usePlace()
  const which = useWhich()
  const { lineage, certificateId } = certificate
  // Of a record that is only open for a while its versions are told, not who else was at it.
  const own = certificate.opening === null
  const prints = usePrints(certificateId, own)
  const first = lineage.history.at(-1)
  const unchanged = lineage.history.length + lineage.transactions.length <= 1 && (first?.statuses.length ?? 0) === 0
  const entries = [
    ...lineage.transactions.map((transaction) => ({ at: transaction.acceptedAt, transaction })),
    ...lineage.history.map((version) => ({ at: version.issuedAt, version })),
    ...(prints.data ?? []).map((run) => ({ at: run.at, run })),
    ...lineage.history.flatMap(({ certificateId: of, statuses }) =>
      statuses.map((status, n) => ({ at: status.at, of, status, again: statuses[n - 1]?.state === status.state })),
    ),
  ].sort((one, other) => other.at.localeCompare(one.at))
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeading
        crumbs={[
          { key: 'find', label: words.find.crumb, href: '/' },
          {
            key: 'record',
            label: <Value ltr>{lineage.preEnrollmentCode}</Value>,
            href: `/certificates/${certificateId}`,
          },
          { key: 'dose', label: which.title({ ...lineage, totalDoses: undefined }) },
        ]}
        title={words.history.title}
        lead={
          <Facts>
            <span>
              <Value>{lineage.holderName}</Value>
            </span>
            <span>{which.title(lineage)}</span>
            <span>
              {words.certificateLower} <CertificateNumber id={certificateId} />
            </span>
          </Facts>
        }
        aside={<Allowance allowance={lineage} which={which.inside(lineage)} className="w-full sm:w-auto sm:max-w-96" />}
      />
      {unchanged && first && (
        <Notice kind="info" className="mt-6">
          <p>{words.history.none(dayOf(first.issuedAt, timeZone))}</p>
        </Notice>
      )}
      <ol className="relative mt-6 space-y-4 ps-8 before:absolute before:inset-y-3 before:start-[0.6875rem] before:w-px before:bg-line-strong">
        {entries.map((entry) => (
          <li key={keyOf(entry)}>
            {'version' in entry ? (
              <VersionEntry version={entry.version} />
            ) : 'status' in entry ? (
              <StatusHistoryEntry certificateId={entry.of} entry={entry.status} again={entry.again} />
            ) : 'run' in entry ? (
              <PrintEntry run={entry.run} />
            ) : (
              <Unfinished transaction={entry.transaction} />
            )}
          </li>
        ))}
      </ol>
      {own && <LooksCard certificateId={certificateId} />}
    </div>
  )
}

type HistoryItem =
  | { version: Version }
  | { run: PrintRun }
  | { transaction: TransactionView }
  | { of: string; at: string; status: StatusEntry }

function keyOf(entry: HistoryItem): string {
  if ('status' in entry) return `${entry.of} ${entry.at} ${entry.status.state}`
  if ('version' in entry) return entry.version.certificateId
  return 'run' in entry ? `print ${entry.run.printId}` : entry.transaction.transactionId
}
