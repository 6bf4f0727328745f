'use client'
/** All bulk runs that one may see, newest first. */
import { Plus } from 'lucide-react'
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import type { BulkRun } from '@/lib/bulk/answers'
import { BulkTag } from './bulk-tag'
import { useBulkList } from './use-bulk'
import { words } from './words'

export function BulkPage() {
  const asked = useBulkList()
  const runs = asked.data?.pages.flatMap((page) => page.runs) ?? []
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 flex-[1_1_24rem]">
          <h1>{words.title}</h1>
          <p className="mt-1 text-ink-2">{words.lead}</p>
        </div>
        <Link href="/bulk/new" className={`${buttonClass('main')} max-sm:w-full`}>
          <Plus aria-hidden className="size-4" />
          {words.add}
        </Link>
      </div>
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-6">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div className="sheet mt-6 space-y-3 px-5 py-5">
          <span className="sr-only">{shared.loading}</span>
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      )}
      {asked.data && runs.length === 0 && (
        <div className="sheet mt-6 px-6 py-10 text-center">
          <p className="font-semibold">{words.empty}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext}</p>
        </div>
      )}
      {runs.length > 0 && (
        <ul className="sheet mt-6 divide-y divide-line">
          {runs.map((run) => (
            <RunEntry key={run.runId} run={run} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </div>
  )
}

/** What a run is called. */
export function nameOf({ proposal, filename }: BulkRun): string {
  return proposal ? words.proposalName(proposal.label, proposal.to) : filename
}

function RunEntry({ run }: { run: BulkRun }) {
  const { timeZone } = usePlace()
  const { runId, kind, type, state, outcome, by, createdAt, facility, counts, may } = run
  const at = counts.total - counts.waiting
  return (
    <ListRow
      href={`/bulk/${runId}`}
      name={<Value>{nameOf(run)}</Value>}
      flags={
        <BulkTag state={state} label={outcome ? words.outcomes[outcome] : may.approve ? words.forYou : undefined} />
      }
    >
      <Facts className="text-sm text-ink-2">
        <span>{words.kinds[kind]}</span>
        <span className="numbers">
          {state === 'running' || state === 'stopped' ? words.progress.of(at, counts.total) : words.rows(counts.total)}
        </span>
        {run.proposal && facility && (
          <span>
            <Value>{facility.name}</Value>
          </span>
        )}
        {kind === 'certify' && (
          <span>
            <Value>{type.title}</Value>
          </span>
        )}
        <span>{words.by(by.name, by.you, momentOf(createdAt, timeZone))}</span>
      </Facts>
    </ListRow>
  )
}
