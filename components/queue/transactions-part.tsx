'use client'
/** The requests of one state, one by one, with their filters. */
import { useState } from 'react'
import { SelectField } from '@/components/administration/types/select-field'
import { AskedList } from '@/components/ui/asked-list'
import { Notice } from '@/components/ui/notice'
import type { QueueAnswer, QueueKind } from '@/lib/operations/answers'
import { QUEUE_KINDS } from '@/lib/operations/kinds'
import { FacilityFilter } from './facility-filter'
import { TransactionEntry } from './transaction-entry'
import { useQueueList, type QueueFilters } from './use-queue'
import { reasonOf, words } from './words'

interface TransactionsPartProps {
  queue: QueueAnswer
  filters: QueueFilters
  onFilters: (change: Partial<QueueFilters>) => void
}

export function TransactionsPart({ queue, filters, onFilters }: TransactionsPartProps) {
  const [said, setSaid] = useState<{ kind: 'ok' | 'stop'; text: string } | null>(null)
  return (
    <section aria-labelledby="requests" className="mt-8">
      <h2 id="requests" className="text-lg">
        {words.list}: {words.states[filters.state]}
      </h2>
      <Filters queue={queue} filters={filters} onFilters={onFilters} />
      {said && (
        <Notice kind={said.kind} live={said.kind === 'ok' ? 'status' : 'alert'} title={said.text} className="mt-4" />
      )}
      <AskedList
        asked={useQueueList(filters)}
        rowsOf={(page) => page.transactions}
        words={{ ...words, unavailable: words.listUnavailable, empty: words.empty[filters.state] }}
        className="mt-4"
      >
        {(item) => <TransactionEntry key={item.transactionId} item={item} onSaid={setSaid} />}
      </AskedList>
    </section>
  )
}

function Filters({ queue: { facilities, types, reasons }, filters, onFilters }: TransactionsPartProps) {
  const any = { value: '', label: words.any }
  const ofState = reasons.filter(({ state }) => state === filters.state)
  return (
    <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <FacilityFilter
        listed={facilities.map(({ facility }) => facility)}
        code={filters.facilityCode}
        onCode={(facilityCode) => onFilters({ facilityCode })}
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
