'use client'
/** What is asked for and not issued yet, what failed, and whether everything is alive. Looks again by itself. */
import { useState } from 'react'
import { timeOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { Figures } from './figures'
import { firstState } from './first-state'
import { InstallationPart } from './installation-part'
import { ReasonsPart } from './reasons-part'
import { ThroughputPart } from './throughput-part'
import { TransactionsPart } from './transactions-part'
import { useQueue, type QueueFilters } from './use-queue'
import { words } from './words'

const ALL = { facilityCode: '', type: '', kind: '', reason: '' } as const

export function QueuePage() {
  const { timeZone } = usePlace()
  const asked = useQueue()
  const [chosen, setChosen] = useState<Partial<QueueFilters>>({})
  const queue = asked.data
  const troubled = queue ? firstState(queue) : 'waiting'
  const [first, setFirst] = useState<QueueFilters['state'] | null>(null)
  if (queue && first === null) setFirst(troubled)
  const filters: QueueFilters = { state: first ?? troubled, ...ALL, ...chosen }
  const choose = (change: Partial<QueueFilters>) => setChosen({ ...chosen, ...change })
  const show = (change: Partial<QueueFilters>) => {
    choose(change)
    document.getElementById('requests')?.scrollIntoView({ block: 'start' })
  }
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
        <div>
          <h1>{words.title}</h1>
          <p className="mt-1 text-ink-2">{queue?.everywhere ? words.leadAll : words.leadOwn}</p>
        </div>
        {queue && <p className="numbers text-sm text-ink-3">{words.updated(timeOf(queue.at, timeZone))}</p>}
      </div>
      {asked.isError && !queue && (
        <Notice kind="stop" live="alert" title={words.unavailable} className="mt-6">
          <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
            {shared.retry}
          </Button>
        </Notice>
      )}
      {asked.isPending && (
        <div aria-busy className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-4">
          <span className="sr-only">{shared.loading}</span>
          {[0, 1, 2, 3].map((n) => (
            <Skeleton key={n} className="h-28 w-full rounded-sheet" />
          ))}
        </div>
      )}
      {queue && (
        <>
          {asked.isError && (
            <Notice kind="warn" live="status" className="mt-4" title={words.stale(timeOf(queue.at, timeZone))} />
          )}
          <Figures queue={queue} state={filters.state} onState={(state) => choose({ state, reason: '' })} />
          {queue.partial && <Notice kind="info" title={words.partial} className="mt-3" />}
          <ReasonsPart reasons={queue.reasons} onChoose={(state, reason) => show({ state, reason })} />
          <TransactionsPart queue={queue} filters={filters} onFilters={choose} />
          <ThroughputPart queue={queue} onFacility={(facilityCode) => show({ facilityCode })} />
          <InstallationPart queue={queue} />
        </>
      )}
    </div>
  )
}
