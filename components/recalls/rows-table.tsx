'use client'
/** The certificates of a recall, each with what became of it. */
import { Download } from 'lucide-react'
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { CertificateNumber, Value } from '@/components/ui/value'
import { StateFilters } from '@/components/ui/state-filters'
import { words as shared } from '@/components/words'
import { addressOf } from '@/lib/api/call'
import type { RecallRow, RecallView, RowState } from '@/lib/recalls/answers'
import { RowTag } from './recall-tag'
import { useRecallRows } from './use-recalls'
import { words } from './words'

const text = words.rows

interface RowsTableProps {
  recallId: string
  state: RecallView['state']
  progress: RecallView['progress']
}

export function RowsTable({ recallId, state, progress }: RowsTableProps) {
  const [only, setOnly] = useState<RowState | null>(null)
  const asked = useRecallRows(recallId, only, state === 'running')
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? []
  const wasConfirmed = state !== 'proposed' && state !== 'cancelled'
  return (
    <section aria-labelledby="rows">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="rows" className="text-lg">
          {text.title}
        </h2>
        <a
          href={addressOf('GET /v3/recalls/{recallId}/rows.csv', { params: { recallId } })}
          download
          className={`${buttonClass('second')} max-sm:w-full`}
        >
          <Download aria-hidden className="size-4" />
          {text.file}
        </a>
      </div>
      {wasConfirmed && <Filters only={only} onOnly={setOnly} progress={progress} />}
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-3">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && <Skeleton className="mt-3 h-40 w-full rounded-sheet" />}
      {asked.data && rows.length === 0 && <p className="mt-3 text-ink-2">{text.none}</p>}
      {rows.length > 0 && (
        <div className={`sheet mt-3 ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          <table className="w-full text-[0.9375rem]">
            <thead className="border-b border-line text-start text-sm text-ink-2">
              <tr>
                <th scope="col" className="px-4 py-2.5 text-start font-semibold sm:px-5">
                  {text.certificate}
                </th>
                <th scope="col" className="px-4 py-2.5 text-start font-semibold sm:px-5">
                  {text.result}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map((row) => (
                <Row key={row.certificateId} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </section>
  )
}

interface FiltersProps {
  only: RowState | null
  onOnly: (state: RowState | null) => void
  progress: RecallView['progress']
}

function Filters({ only, onOnly, progress }: FiltersProps) {
  const choices: { state: RowState | null; label: string; n: number }[] = [
    { state: null, label: text.all, n: progress.total },
    { state: 'done', label: text.states.done, n: progress.done },
    { state: 'refused', label: text.states.refused, n: progress.refused },
    { state: 'waiting', label: text.states.waiting, n: progress.waiting },
  ]
  return <StateFilters label={text.filter} choices={choices} only={only} onOnly={onOnly} />
}

function Row({ row }: { row: RecallRow }) {
  const { timeZone, operator } = usePlace()
  const { certificateId, followedId, preEnrollmentCode, dose, initials, facility, state, message, at } = row
  return (
    <tr className="align-top">
      <td className="px-4 py-2.5 sm:px-5">
        <Link href={`/certificates/${certificateId}`} className="link inline-block py-1">
          <CertificateNumber id={certificateId} />
        </Link>
        <Facts className="text-sm text-ink-2">
          <span>
            <Value ltr>{preEnrollmentCode}</Value>
          </span>
          <span>{shared.dose(dose)}</span>
          <span>
            <Value>{initials}</Value>
          </span>
          {operator.isEverywhere && (
            <span>
              <Value>{facility.name}</Value>
            </span>
          )}
        </Facts>
      </td>
      <td className="px-4 py-2.5 sm:px-5">
        <RowTag state={state} />
        {message && <p className="mt-1 text-sm">{message}</p>}
        {followedId && (
          <p className="mt-1 text-sm">
            {text.followed}{' '}
            <Link href={`/certificates/${followedId}`}>
              <CertificateNumber id={followedId} />
            </Link>
          </p>
        )}
        {at && <p className="numbers mt-0.5 text-sm text-ink-3">{momentOf(at, timeZone)}</p>}
      </td>
    </tr>
  )
}
