'use client'
/** One line of the history: what happened, when, by whom, why, and what it changed. */
import {
  Ban,
  CircleX,
  FilePlus2,
  Hourglass,
  Pause,
  PencilLine,
  Play,
  Printer,
  RefreshCw,
  Smartphone,
  type LucideIcon,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { words as approvalWords } from '@/components/approvals/words'
import { ChangeTable } from '@/components/change-table'
import { momentOf, timeOf } from '@/components/display'
import { moveWords } from '@/components/move-dose/words'
import { usePlace } from '@/components/place'
import { useType } from '@/components/type-in-force'
import { printWords } from '@/components/print/words'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateTag } from '@/components/ui/tag'
import { CertificateNumber, Value } from '@/components/ui/value'
import { words } from '@/components/words'
import { isCounted, type CertificateType } from '@/lib/certificate-types/type'
import type { PrintRun, StatusEntry, TransactionView, Version } from '@/lib/api/contract'
import { words as validity } from '@/components/validity/words'
import { ImportedText } from './imported-text'
import { importedWords } from './imported-words'
import { historyWords } from './words'

export function VersionEntry({ version }: { version: Version }) {
  const [open, setOpen] = useState(false)
  const type = useType()
  const first = version.previousCertificateId === null
  const labels = version.changes.map((change) => change.label)
  return (
    <Entry
      icon={first ? FilePlus2 : version.reissue ? RefreshCw : PencilLine}
      ink={version.state === 'current' ? 'text-ok' : 'text-ink-3'}
      title={titleOf(version, type)}
      tag={<StateTag state={version.state} />}
      at={version.issuedAt}
    >
      <Facts className="text-sm text-ink-2">
        <span>{words.history.version(version.version)}</span>
        <span>
          <Link href={`/certificates/${version.certificateId}`}>
            <CertificateNumber id={version.certificateId} />
          </Link>
        </span>
        <span>
          <Value>{version.imported ? importedWords.from : words.history.by(version.by.name, version.channel)}</Value>
        </span>
      </Facts>
      {version.imported && <ImportedText imported={version.imported} />}
      <ReasonText reason={version.reason} />
      <ConfirmedText reason={version.reason} />
      <ApprovedText reason={version.reason} />
      {version.reissue && <p className="mt-1 text-sm text-ink-2">{historyWords.reissuedSame}</p>}
      {!first && !version.reissue && (
        <>
          <p className="mt-2 flex flex-wrap items-baseline gap-x-4 text-[0.9375rem]">
            <span>{labels.length > 0 ? words.history.changed(labels) : words.history.noChanges}</span>
            {labels.length > 0 && (
              <button
                type="button"
                aria-expanded={open}
                className="link min-h-6 text-sm"
                onClick={() => setOpen(!open)}
              >
                {open ? words.history.hide : words.history.show}
                <span className="sr-only">: {words.version(version.version)}</span>
              </button>
            )}
          </p>
          {open && (
            <div className="-mx-5 mt-3 -mb-4 border-t border-line">
              <ChangeTable
                caption={words.history.changed(labels)}
                changes={version.changes}
                heads={[words.history.before, words.history.after]}
              />
            </div>
          )}
        </>
      )}
    </Entry>
  )
}

function titleOf(version: Version, type: CertificateType): string {
  if (version.previousCertificateId === null) return words.history.first
  if (version.reissue) return historyWords.reissued(version.reissue.typeVersion)
  return moveOf(version, type) ?? words.history.corrected
}

/** "Moved from dose 1 to dose 2", null for what stayed where it was. */
function moveOf({ changes }: Version, type: CertificateType): string | null {
  const dose = isCounted(type) ? changes.find(({ path }) => path === type.lineage.sequence) : undefined
  return dose ? moveWords.history(dose.before ?? '', dose.after ?? '') : null
}

/** An update that was accepted and is not (or never will be) a certificate. */
export function Unfinished({ transaction }: { transaction: TransactionView }) {
  const pending = transaction.state === 'pending'
  const stopped = validity.stopped[transaction.failure?.code ?? '']
  return (
    <Entry
      icon={pending ? Hourglass : CircleX}
      ink={pending ? 'text-act' : 'text-stop'}
      title={unfinishedTitle(transaction, useType())}
      tag={<StateTag state={pending ? 'being_issued' : 'failed'} />}
      at={transaction.acceptedAt}
    >
      <p className="text-sm text-ink-2">{pending ? words.record.pending : (stopped ?? words.record.failed)}</p>
      {transaction.failure && !stopped && <p className="mt-1 text-sm text-ink-2">{transaction.failure.message}</p>}
    </Entry>
  )
}

function unfinishedTitle({ kind, state, correctedDose }: TransactionView, type: CertificateType): string {
  if (kind === 'reissue') return state === 'pending' ? historyWords.reissuing : historyWords.notReissued
  if (correctedDose !== null && isCounted(type))
    return (state === 'pending' ? moveWords.moving : moveWords.notMoved)(correctedDose)
  return state === 'pending' ? words.history.pending : words.history.failed
}

/** That a certificate was cancelled, suspended, suspended for longer, or is valid again. */
export function StatusHistoryEntry({ certificateId, entry, again }: StatusHistoryEntryProps) {
  const { state, at, reason, by } = entry
  const { icon, ink } = STATUS_LOOK[state]
  return (
    <Entry icon={icon} ink={ink} title={useStatusTitle(entry, again)} at={at}>
      <Facts className="text-sm text-ink-2">
        <span>
          <Link href={`/certificates/${certificateId}`}>
            <CertificateNumber id={certificateId} />
          </Link>
        </span>
        <span>
          <Value>{words.history.by(by.name, by.kind === 'client' ? 'api' : 'screen')}</Value>
        </span>
      </Facts>
      {reason && (
        <p className="mt-1 text-sm text-ink-2">
          {validity.causes[state][reason.cause]}
          {reason.note && (
            <>
              {'\u00a0· '}
              <Value>{reason.note}</Value>
            </>
          )}
        </p>
      )}
    </Entry>
  )
}

interface StatusHistoryEntryProps {
  certificateId: string
  entry: StatusEntry
  /** It was suspended already: the suspension got another end or reason. */
  again: boolean
}

const STATUS_LOOK = {
  revoked: { icon: Ban, ink: 'text-stop' },
  suspended: { icon: Pause, ink: 'text-warn' },
  current: { icon: Play, ink: 'text-ok' },
}

function useStatusTitle({ state, until, by }: StatusEntry, again: boolean): string {
  const { timeZone } = usePlace()
  const sentences = validity.history
  if (state === 'revoked') return sentences.revoked
  if (state === 'current') return by.kind === 'system' ? sentences.ended : sentences.lifted
  if (until === null) return again ? sentences.suspendedOn : sentences.suspended
  return (again ? sentences.suspendedOnUntil : sentences.suspendedUntil)(momentOf(until, timeZone))
}

/** Copies of one version that were printed. */
export function PrintEntry({ run }: { run: PrintRun }) {
  return (
    <Entry
      icon={Printer}
      ink="text-ink-3"
      title={run.kind === 'slip' ? printWords.history.slip : printWords.history.title}
      at={run.at}
    >
      <Facts className="text-sm text-ink-2">
        <span>{printWords.history.what(run.copies, run.kind, run.paper)}</span>
        <span>
          <Link href={`/certificates/${run.certificateId}`}>
            <CertificateNumber id={run.certificateId} />
          </Link>
        </span>
        <span>
          <Value>{run.by.name}</Value>
        </span>
      </Facts>
    </Entry>
  )
}

interface EntryProps {
  icon: LucideIcon
  ink: string
  title: string
  tag?: ReactNode
  at: string
  children: ReactNode
}

function Entry({ icon: Icon, ink, title, tag, at, children }: EntryProps) {
  const { timeZone } = usePlace()
  return (
    <article className="sheet relative overflow-visible px-5 py-4">
      <span
        aria-hidden
        className={`absolute -start-8 top-4 grid size-[1.4375rem] place-items-center rounded-full bg-paper ${ink}`}
      >
        <Icon className="size-4" />
      </span>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h2 className="text-base">{title}</h2>
        {tag}
        <time dateTime={at} className="numbers text-sm text-ink-3 max-sm:w-full sm:ms-auto sm:text-end">
          {momentOf(at, timeZone)}
          {timeZone !== 'UTC' && (
            <span className="block text-xs">
              {momentOf(at, 'UTC')} {words.history.utc}
            </span>
          )}
        </time>
      </div>
      {children}
    </article>
  )
}

function ConfirmedText({ reason }: { reason: Version['reason'] }) {
  const { timeZone } = usePlace()
  if (typeof reason?.holderConfirmedAt !== 'string') return null
  return (
    <p className="mt-1 flex items-start gap-2 text-sm text-ink-2">
      <Smartphone aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
      {historyWords.confirmed(timeOf(reason.holderConfirmedAt, timeZone))}
    </p>
  )
}

function ApprovedText({ reason }: { reason: Version['reason'] }) {
  if (typeof reason?.approvedBy !== 'string') return null
  return (
    <p className="mt-1 text-sm text-ink-2">
      <Link href={`/approvals/${String(reason.requestId)}`} className="link">
        <Value>{approvalWords.approvedBy(reason.approvedBy)}</Value>
      </Link>
      {reason.extraUpdate === true && `. ${approvalWords.granted}`}
    </p>
  )
}

function ReasonText({ reason }: { reason: Version['reason'] }) {
  const requester = words.requesters[reason?.requestedBy as keyof typeof words.requesters]
  const cause = words.causes[reason?.cause as keyof typeof words.causes]
  if (!requester || !cause) return null
  return (
    <p className="mt-1 text-sm text-ink-2">
      {words.history.reason(requester, cause)}
      {typeof reason?.note === 'string' && (
        <>
          {'\u00a0· '}
          <Value>{reason.note}</Value>
        </>
      )}
    </p>
  )
}
