'use client'
/** The certificates of a re-issue, each with what became of it. */
import { Download } from 'lucide-react'
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace, useHas } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { CertificateNumber, Value } from '@/components/ui/value'
import { StateFilters } from '@/components/ui/state-filters'
import { words as shared } from '@/components/words'
import { addressOf } from '@/lib/api/call'
import type { ReissueRow, ReissueView, RowState } from '@/lib/reissues/answers'
import { RowTag } from './reissue-tag'
import { skipInWords } from './skipped-list'
import { isBusy, useReissueRows } from './use-reissues'
import { words } from './words'

const text = words.rows

export function RowsPart({ reissue }: { reissue: ReissueView }) {
  const { reissueId, progress } = reissue
  const [only, setOnly] = useState<RowState | null>(null)
  const asked = useReissueRows(reissueId, only, isBusy(reissue))
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section aria-labelledby="rows">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="rows" className="text-lg">
          {text.title}
        </h2>
        <a
          href={addressOf('GET /v3/reissues/{reissueId}/rows.csv', {
            params: { reissueId },
            query: only ? { state: only } : {},
          })}
          download
          className={`${buttonClass('second')} max-sm:w-full`}
        >
          <Download aria-hidden className="size-4" />
          {text.file}
        </a>
      </div>
      <Filters only={only} onOnly={setOnly} progress={progress} />
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
  progress: ReissueView['progress']
}

/** All, and the states that there are. */
function Filters({ only, onOnly, progress }: FiltersProps) {
  const states: RowState[] = ['done', 'skipped', 'failed', 'waiting', 'unchecked']
  const choices: { state: RowState | null; label: string; n: number }[] = [
    { state: null, label: text.all, n: progress.total },
    ...states
      .filter((state) => progress[state] > 0 || state === only)
      .map((state) => ({ state, label: text.states[state], n: progress[state] })),
  ]
  return <StateFilters label={text.filter} choices={choices} only={only} onOnly={onOnly} />
}

function Row({ row }: { row: ReissueRow }) {
  const { timeZone } = usePlace()
  const { certificateId, facility, state, code, problems, newCertificateId, at } = row
  return (
    <tr className="align-top">
      <td className="px-4 py-2.5 sm:px-5">
        <Numbered id={certificateId} />
        <p className="text-sm text-ink-2">
          <Value>{facility.name}</Value>
        </p>
      </td>
      <td className="px-4 py-2.5 sm:px-5">
        <RowTag state={state} />
        {code && <p className="mt-1 text-sm">{skipInWords(code)}</p>}
        {problems.length > 0 && (
          <ul className="list-disc ps-5 text-sm">
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <Value>{message}</Value>
              </li>
            ))}
          </ul>
        )}
        {newCertificateId && (
          <p className="mt-1 text-sm">
            {text.now} <Numbered id={newCertificateId} />
          </p>
        )}
        {at && <p className="numbers mt-0.5 text-sm text-ink-3">{momentOf(at, timeZone)}</p>}
      </td>
    </tr>
  )
}

/** The number leads to the record for those who work with records. */
function Numbered({ id }: { id: string }) {
  const deals = useHas('operator', 'supervisor')
  if (!deals) return <CertificateNumber id={id} />
  return (
    <Link href={`/certificates/${id}`} className="link inline-block py-1">
      <CertificateNumber id={id} />
    </Link>
  )
}
