'use client'
/** The hidden values of the record on this page: unknown, or shown for a while to whoever gave a reason. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useBrought } from '@/components/brought'
import { useHas } from '@/components/place'
import { call } from '@/lib/api/call'
import { isHidden, withRevealed } from '@/lib/certificates/hidden'
import type { Revealed } from '@/lib/openings/answers'
import { LaterReasonDialog } from './later-reason-dialog'
import { words } from './words'

interface HiddenValues {
  /** Plain values by their markers; empty = nothing is revealed. */
  values: ReadonlyMap<string, string>
  /** Markers by their plain values, of the field at a path. */
  markerOf: (path: string, value: string) => string | undefined
  /** Asks for a reason and calls back when the values are there; null where this person cannot. */
  ask: ((then: () => void) => void) | null
}

const NOTHING: HiddenValues = { values: new Map(), markerOf: () => undefined, ask: null }
const Context = createContext<HiddenValues>(NOTHING)

/** What is revealed on this page. */
export function useHiddenValues(): HiddenValues {
  return use(Context)
}

/** A text, or list of texts, with the revealed values in the place of their markers; null while any of them is hidden. */
export function revealedText<T extends string | string[]>(text: T, values: ReadonlyMap<string, string>): T | null {
  const known = Array.isArray(text) ? text.map((one) => withRevealed(one, values)) : withRevealed(text, values)
  return [known].flat().some(isHidden) ? null : (known as T)
}

export function HiddenValuesProvider({ certificateId, children }: { certificateId: string; children: ReactNode }) {
  const may = useHas('operator', 'supervisor')
  const queries = useQueryClient()
  const key = useMemo(() => ['reveals', certificateId], [certificateId])
  const brought = useBrought('GET /v3/certificates/{certificateId}/reveals', { params: { certificateId } })
  const asked = useQuery({
    ...brought,
    queryKey: key,
    queryFn: () => call('GET /v3/certificates/{certificateId}/reveals', { params: { certificateId } }),
    enabled: may,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  const reveal = useUntil(asked.data?.reveal ?? null)
  const [asking, setAsking] = useState(false)
  const then = useRef<(() => void) | null>(null)
  const ask = useCallback((after: () => void) => {
    then.current = after
    setAsking(true)
  }, [])
  const state = useMemo<HiddenValues>(() => {
    const values = new Map(reveal?.values.map(({ hidden, value }) => [hidden, value]))
    const markerOf = (path: string, value: string) =>
      reveal?.values.find((one) => one.path === path && one.value === value)?.hidden
    return { values, markerOf, ask: may ? ask : null }
  }, [reveal, ask, may])
  return (
    <Context value={state}>
      {children}
      <LaterReasonDialog
        open={asking}
        onClose={() => setAsking(false)}
        words={words.reveal}
        onSend={async (body) => {
          const given = await call('POST /v3/certificates/{certificateId}/reveals', { params: { certificateId }, body })
          queries.setQueryData(key, { reveal: given })
          then.current?.()
        }}
      />
    </Context>
  )
}

/** The same until its time is over; then nothing. */
function useUntil(reveal: Revealed | null): Revealed | null {
  const [over, setOver] = useState<string | null>(null)
  const until = reveal?.until ?? null
  useEffect(() => {
    if (until === null) return
    const timer = setTimeout(() => setOver(until), Math.max(0, Date.parse(until) - Date.now()))
    return () => clearTimeout(timer)
  }, [until])
  return until !== null && over === until ? null : reveal
}
