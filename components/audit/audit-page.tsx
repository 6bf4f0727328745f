'use client'
/** The audit log: whether it is whole, what stands in it, and a copy of it. */
import { ExportCard } from './export-card'
import { EventList } from './event-list'
import { StateCard } from './state-card'
import { words } from './words'

export function AuditPage() {
  return (
    <>
      <h1>{words.title}</h1>
      <p className="mt-1 text-ink-2">{words.lead}</p>
      <StateCard />
      <EventList />
      <ExportCard />
    </>
  )
}
