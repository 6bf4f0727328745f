'use client'
/** Shows a correction to the holder and follows the answer. It counts only for exactly what was shown. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { codeOf } from '@/components/registry'
import { call } from '@/lib/api/call'
import type { MarkedField } from '@/lib/desk/answers'

export interface CorrectionShown {
  certificateId: string
  item: unknown
}

export type HolderState =
  'none' | 'asking' | 'waiting' | 'opened' | 'right' | 'wrong' | 'expired' | 'outdated' | 'failed'

export interface HolderConfirmation {
  state: HolderState
  /** For the QR code; null once it opens nothing. */
  url: string | null
  secondsLeft: number
  marked: MarkedField[]
  /** The last question for news got no answer. */
  lost: boolean
  /** To be sent with the correction; null while nothing was confirmed. */
  confirmationId: string | null
  ask: () => void
  cancel: () => void
}

interface Asked {
  id: string
  url: string
  secondsLeft: number
  /** What was shown, to the letter. */
  shown: string
}

/** Follows one confirmation at a time; an answer is here within about a second. */
export function useHolderConfirmation(corrections: CorrectionShown[]): HolderConfirmation {
  const [asked, setAsked] = useState<Asked | 'asking' | { failed: unknown } | null>(null)
  const now = JSON.stringify(corrections)
  const open = typeof asked === 'object' && asked !== null && 'id' in asked ? asked : null
  const news = useQuery({
    queryKey: ['confirmation', open?.id],
    queryFn: () => call('GET /v3/confirmations/{confirmationId}', { params: { confirmationId: open!.id } }),
    enabled: open !== null,
    refetchInterval: ({ state: { data, error } }) =>
      isSettled(data?.state) || codeOf(error) === 'NOT_FOUND' ? false : 1000,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  })
  const openId = open?.id
  useEffect(() => {
    if (openId === undefined) return
    // Cancelled, asked anew, or the page is left. It ends by itself soon: whether this arrives changes little.
    return () =>
      void call('DELETE /v3/confirmations/{confirmationId}', { params: { confirmationId: openId } }).catch(() => {})
  }, [openId])
  const ask = async () => {
    setAsked('asking')
    try {
      const { confirmationId, url, secondsLeft } = await call('POST /v3/confirmations', { body: { corrections } })
      setAsked({ id: confirmationId, url, secondsLeft, shown: now })
    } catch (error) {
      setAsked({ failed: error })
    }
  }
  const state = stateOf()
  return {
    state,
    url: state === 'waiting' ? (open?.url ?? null) : null,
    secondsLeft: news.data?.secondsLeft ?? open?.secondsLeft ?? 0,
    marked: news.data?.marked ?? [],
    lost: news.error !== null && !isSettled(state),
    confirmationId: state === 'right' && open ? open.id : null,
    ask: () => void ask(),
    cancel: () => setAsked(null),
  }

  function stateOf(): HolderState {
    if (asked === null) return 'none'
    if (asked === 'asking') return 'asking'
    if (!open) return 'failed'
    if (open.shown !== now) return 'outdated'
    if (codeOf(news.error) === 'NOT_FOUND') return 'expired'
    return news.data?.state ?? 'waiting'
  }
}

/** Nothing new can come after these. */
function isSettled(state: HolderState | undefined): boolean {
  return state === 'right' || state === 'wrong' || state === 'expired' || state === 'outdated'
}
