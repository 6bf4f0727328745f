'use client'
/** On every page of a record that was opened with a reason: whose it is, how long it stays open, and the end of it. */
import { useQueryClient } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useFlow } from '@/components/flow'
import { codeOf, useCertificate } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { OpeningReason } from '@/lib/openings/answers'
import { words } from './words'

/** A supervisor may object meanwhile: that ends it here, too. */
const ASK_AGAIN_MS = 10_000

export function OpeningBanner({ certificateId }: { certificateId: string }) {
  const asked = useCertificate(certificateId)
  const queries = useQueryClient()
  const { setSearch } = useFlow()
  const [ending, setEnding] = useState(false)
  const opening = asked.data?.opening ?? null
  const refused = opening !== null && asked.isError && codeOf(asked.error) === 'NOT_YOUR_FACILITY'
  const now = useNow(opening !== null)
  const { refetch } = asked
  const isOver = opening !== null && now >= Date.parse(opening.until)
  useEffect(() => {
    if (opening === null) return
    const timer = setInterval(() => void refetch(), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [opening, refetch])
  useEffect(() => {
    if (!isOver && !refused) return
    // What was read stays on no screen when it is over.
    void queries.resetQueries({ queryKey: ['reveals', certificateId] })
    void queries.resetQueries({ queryKey: ['certificate', certificateId] })
    setSearch({ typed: '', scanned: false, outcome: null })
  }, [isOver, refused, certificateId, queries, setSearch])
  if (!opening || !asked.data) return null
  const end = async () => {
    setEnding(true)
    try {
      await call('POST /v3/openings/{openingId}/end', { params: { openingId: opening.openingId } })
    } finally {
      setEnding(false)
      setSearch({ typed: '', scanned: false, outcome: null })
      await queries.resetQueries({ queryKey: ['reveals', certificateId] })
      await queries.resetQueries({ queryKey: ['certificate', certificateId] })
    }
  }
  const left = Math.max(0, Date.parse(opening.until) - now)
  return (
    <section
      aria-label={words.banner.title(asked.data.lineage.facility.name)}
      className="mb-5 flex flex-wrap items-center gap-x-5 gap-y-3 rounded-sheet border border-warn bg-warn-soft px-4 py-3"
      data-screen-only
    >
      <Clock aria-hidden className="size-5 shrink-0 text-warn max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold">
          <Value>{words.banner.title(asked.data.lineage.facility.name)}</Value>
        </p>
        <p className="text-sm text-ink-2">
          <span className="numbers">{words.banner.left(Math.floor(left / 60_000))}</span> {words.banner.why}{' '}
          {words.open.reasons[opening.reason as OpeningReason]}. {words.banner.readOnly}
        </p>
      </div>
      <Button busy={ending} onClick={() => void end()}>
        {words.banner.end}
      </Button>
    </section>
  )
}

/** The time, every second while it is looked at. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
