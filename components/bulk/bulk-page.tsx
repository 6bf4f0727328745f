'use client'
/** All bulk runs that one may see, newest first. */
import { Plus } from 'lucide-react'
import { ListRow } from '@/components/administration/list'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { AskedList } from '@/components/ui/asked-list'
import { buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import type { BulkRun } from '@/lib/bulk/answers'
import { BulkTag } from './bulk-tag'
import { useBulkList } from './use-bulk'
import { words } from './words'

export function BulkPage() {
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
      <AskedList asked={useBulkList()} rowsOf={(page) => page.runs} words={words}>
        {(run) => <RunEntry key={run.runId} run={run} />}
      </AskedList>
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
