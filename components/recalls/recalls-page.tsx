'use client'
/** All recalls: those that wait or run first. */
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
import type { RecallView } from '@/lib/recalls/answers'
import { RecallTag } from './recall-tag'
import { useRecallList } from './use-recalls'
import { words } from './words'

export function RecallsPage() {
  const asked = useRecallList()
  const recalls = asked.data?.pages.flatMap((page) => page.recalls) ?? []
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 flex-[1_1_24rem]">
          <h1>{words.title}</h1>
          <p className="mt-1 text-ink-2">{words.lead}</p>
        </div>
        <Link href="/recalls/new" className={`${buttonClass('main')} max-sm:w-full`}>
          <Plus aria-hidden className="size-4" />
          {words.propose}
        </Link>
      </div>
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-6">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && <ListSkeleton />}
      {asked.data && recalls.length === 0 && (
        <div className="sheet mt-6 px-6 py-10 text-center">
          <p className="font-semibold">{words.empty}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext}</p>
        </div>
      )}
      {recalls.length > 0 && (
        <ul className="sheet mt-6 divide-y divide-line">
          {recalls.map((recall) => (
            <RecallEntry key={recall.recallId} recall={recall} />
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

function RecallEntry({ recall }: { recall: RecallView }) {
  const { timeZone, operator } = usePlace()
  const { recallId, action, criteria, state, outcome, requestedBy, requestedAt, facility, progress, may } = recall
  const at = progress.done + progress.refused
  return (
    <ListRow
      href={`/recalls/${recallId}`}
      name={<Value>{words.name(action, criteria.batch)}</Value>}
      flags={
        <RecallTag state={state} label={outcome ? words.outcomes[outcome] : may.confirm ? words.forYou : undefined} />
      }
    >
      <Facts className="text-sm text-ink-2">
        <span>
          <Value>{criteria.vaccine}</Value>
        </span>
        <span className="numbers">
          {state === 'running' || state === 'stopped'
            ? words.progress.of(at, progress.total)
            : words.certificates(state === 'done' ? progress.done : progress.total)}
        </span>
        {operator.isEverywhere && <span>{facility ? <Value>{facility.name}</Value> : words.allFacilities}</span>}
        <span>{words.proposedBy(words.by(requestedBy.name, requestedBy.you), momentOf(requestedAt, timeZone))}</span>
      </Facts>
    </ListRow>
  )
}

function ListSkeleton() {
  return (
    <div className="sheet mt-6 divide-y divide-line">
      <span className="sr-only">{shared.loading}</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className="space-y-2 px-5 py-4" aria-hidden>
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      ))}
    </div>
  )
}
