'use client'
/** What waits for a supervisor's word: records that others opened, and look-ups that were stopped. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useBrought } from '@/components/brought'
import { WAITING_KEY } from '@/components/header/use-waiting'
import { useHas } from '@/components/place'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import { ReviewCard } from './review-card'
import { StopCard } from './stop-card'
import { words } from './words'

const A_MINUTE = 60_000

export function Oversight() {
  const supervisor = useHas('supervisor')
  const may = useHas('supervisor', 'administrator')
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const broughtOpenings = useBrought('GET /v3/openings/review')
  const broughtStops = useBrought('GET /v3/look-ups/stops')
  const openings = useQuery({
    ...broughtOpenings,
    queryKey: ['openings to review'],
    queryFn: () => call('GET /v3/openings/review'),
    enabled: supervisor,
    refetchInterval: A_MINUTE,
  })
  const stops = useQuery({
    ...broughtStops,
    queryKey: ['look-up stops'],
    queryFn: () => call('GET /v3/look-ups/stops'),
    enabled: may,
    refetchInterval: A_MINUTE,
  })
  const opened = openings.data?.openings ?? []
  const stopped = stops.data?.stops ?? []
  if (opened.length + stopped.length === 0) return null
  const done = (sentence: string) => {
    setSaid(sentence)
    void queries.invalidateQueries({ queryKey: ['openings to review'] })
    void queries.invalidateQueries({ queryKey: ['look-up stops'] })
    void queries.invalidateQueries({ queryKey: WAITING_KEY })
  }
  return (
    <section aria-labelledby="oversight" className="mt-6 mb-8">
      <h2 id="oversight" className="text-lg">
        {words.review.title}
      </h2>
      <p role="status" className="sr-only">
        {said}
      </p>
      {said && <Notice kind="ok" title={said} className="mt-3" />}
      <ul className="mt-3 space-y-3">
        {opened.map((opening) => (
          <li key={opening.openingId}>
            <ReviewCard opening={opening} onDone={done} />
          </li>
        ))}
        {stopped.map((stop) => (
          <li key={stop.stopId}>
            <StopCard stop={stop} onDone={done} />
          </li>
        ))}
      </ul>
    </section>
  )
}
