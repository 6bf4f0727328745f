'use client'
/** The requests of one state, one by one, with their filters. */
import { useState } from 'react'
import { SelectField } from '@/components/administration/types/select-field'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { QUEUE_KINDS, type QueueAnswer, type QueueKind } from '@/lib/operations/answers'
import { TransactionEntry } from './transaction-entry'
import { useQueueList, type QueueFilters } from './use-queue'
import { reasonOf, words } from './words'

interface TransactionsPartProps {
  queue: QueueAnswer
  filters: QueueFilters
  onFilters: (change: Partial<QueueFilters>) => void
}

export function TransactionsPart({ queue, filters, onFilters }: TransactionsPartProps) {
  const asked = useQueueList(filters)
  const [said, setSaid] = useState<{ kind: 'ok' | 'stop'; text: string } | null>(null)
  const items = asked.data?.pages.flatMap((page) => page.transactions) ?? []
  return (
    <section aria-labelledby="requests" className="mt-8">
      <h2 id="requests" className="text-lg">
        {words.list}: {words.states[filters.state]}
      </h2>
      <Filters queue={queue} filters={filters} onFilters={onFilters} />
      {said && (
        <Notice kind={said.kind} live={said.kind === 'ok' ? 'status' : 'alert'} title={said.text} className="mt-4" />
      )}
      {asked.isError && !asked.data && (
        <Notice kind="stop" live="alert" title={words.listUnavailable} className="mt-4">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div aria-busy className="sheet mt-4 space-y-2 px-5 py-4">
          <span className="sr-only">{shared.loading}</span>
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-4 w-72 max-w-full" />
        </div>
      )}
      {asked.data && items.length === 0 && (
        <div className="sheet mt-4 px-6 py-10 text-center">
          <p className="font-semibold">{words.empty[filters.state]}</p>
          <p className="mt-1 text-ink-2">{words.emptyNext}</p>
        </div>
      )}
      {items.length > 0 && (
        <ul className={`sheet mt-4 divide-y divide-line ${asked.isPlaceholderData ? 'opacity-60' : ''}`}>
          {items.map((item) => (
            <TransactionEntry key={item.transactionId} item={item} onSaid={setSaid} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button className="mt-4" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {asked.isFetchingNextPage ? words.loading : words.more}
        </Button>
      )}
    </section>
  )
}

function Filters({ queue: { facilities, types, reasons }, filters, onFilters }: TransactionsPartProps) {
  const any = { value: '', label: words.any }
  const ofState = reasons.filter(({ state }) => state === filters.state)
  return (
    <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        id="queue-facility"
        label={words.facility}
        value={filters.facilityCode}
        onChange={(facilityCode) => onFilters({ facilityCode })}
        options={[any, ...facilities.map(({ facility }) => ({ value: facility.code, label: facility.name }))]}
      />
      <SelectField
        id="queue-kind"
        label={words.kind}
        value={filters.kind}
        onChange={(kind) => onFilters({ kind: kind as QueueKind | '' })}
        options={[any, ...QUEUE_KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] }))]}
      />
      {types.length > 1 && (
        <SelectField
          id="queue-type"
          label={words.type}
          value={filters.type}
          onChange={(type) => onFilters({ type })}
          options={[any, ...types.map(({ name, title }) => ({ value: name, label: title }))]}
        />
      )}
      {(ofState.length > 0 || filters.reason !== '') && (
        <SelectField
          id="queue-reason"
          label={words.reason}
          value={filters.reason}
          onChange={(reason) => onFilters({ reason })}
          options={[
            any,
            ...[...new Set([...ofState.map(({ reason }) => reason), ...(filters.reason ? [filters.reason] : [])])].map(
              (reason) => ({ value: reason, label: reasonOf(reason).title }),
            ),
          ]}
        />
      )}
    </div>
  )
}
