'use client'
/** All recalls: those that wait or run first. */
import { Plus } from 'lucide-react'
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { AskedList } from '@/components/ui/asked-list'
import { buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import type { RecallView } from '@/lib/recalls/answers'
import { RecallTag } from './recall-tag'
import { useRecallList } from './use-recalls'
import { words } from './words'

export function RecallsPage() {
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
      <AskedList asked={useRecallList()} rowsOf={(page) => page.recalls} words={words}>
        {(recall) => <RecallEntry key={recall.recallId} recall={recall} />}
      </AskedList>
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
