'use client'
/** Who looked at the record, asked for when somebody wants to know. */
import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import { call } from '@/lib/api/call'
import type { Looks } from '@/lib/audit/answers'
import { looksWords as words } from './looks-words'

export function LooksCard({ certificateId }: { certificateId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <section aria-labelledby="looks" className="sheet mt-8 px-5 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="looks" className="flex items-center gap-2 text-base">
          <Eye aria-hidden className="size-4 text-ink-3" />
          {words.title}
        </h2>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.hide : words.show}
        </Button>
      </div>
      {open && <LookList certificateId={certificateId} />}
    </section>
  )
}

function LookList({ certificateId }: { certificateId: string }) {
  const asked = useQuery({
    queryKey: ['looks', certificateId],
    queryFn: () => call('GET /v3/certificates/{certificateId}/looks', { params: { certificateId } }),
    staleTime: 0,
  })
  if (asked.isError) {
    return (
      <Notice kind="stop" live="alert" title={words.unavailable} className="mt-3">
        <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
          {shared.retry}
        </Button>
      </Notice>
    )
  }
  if (!asked.data) return <Skeleton className="mt-3 h-24 w-full" />
  const { looks } = asked.data
  return (
    <>
      <p role="status" className="mt-1 text-sm text-ink-2">
        {looks.length === 0 ? words.none : words.lead}
      </p>
      <ul className="mt-2 divide-y divide-line">
        {looks.map((look, at) => (
          <LookRow key={`${look.at} ${at}`} look={look} />
        ))}
      </ul>
    </>
  )
}

function LookRow({ look: { at, what, by } }: { look: Looks[number] }) {
  const { timeZone } = usePlace()
  const place = by.facility ?? words.allFacilities
  return (
    <li className="py-2.5">
      <p>
        <Value>{by.name}</Value> {words.what[what]}
      </p>
      <Facts className="numbers text-sm text-ink-3">
        <span>
          <Value>{by.kind === 'client' ? `${words.system}, ${place}` : place}</Value>
        </span>
        <time dateTime={at}>{momentOf(at, timeZone)}</time>
      </Facts>
    </li>
  )
}
