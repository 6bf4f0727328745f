'use client'
/** What the registry says of a draft while it is being typed. */
import { useEffect, useState } from 'react'
import { call } from '@/lib/api/call'
import type { PreviewAnswer } from '@/lib/api/contract'

export interface Said {
  /** The last answer there was, also while a newer one is made or there is an error. */
  data: PreviewAnswer | undefined
  /** Why there is no answer about what was asked last. */
  error: unknown
  /** What stands in the form is newer than what is said. */
  isBehind: boolean
}

interface Given {
  /** The draft it is about, as JSON. */
  about: string
  data: PreviewAnswer | undefined
  error: unknown
}

/**
 * Asks what a record would become once nothing was typed for a while; `afterMs` null: does not ask. Of a certificate one
 * question at most is under way: with the next letter it is withdrawn, and the registry need not finish it.
 */
export function useAnswer(
  item: unknown,
  certificateId: string,
  want: ('pictures' | 'means')[],
  afterMs: number | null,
): Said {
  const about = JSON.stringify(item)
  const wanted = want.join(' ')
  const [given, setGiven] = useState<Given | null>(null)
  useEffect(() => {
    if (afterMs === null) return
    const withdrawn = new AbortController()
    const ask = async () => {
      const body = { item: JSON.parse(about) as unknown, certificateId, want: wanted.split(' ').filter(isWanted) }
      const result = await call('POST /v3/preview', { body, signal: withdrawn.signal }).then(
        (data) => ({ data, error: null }),
        (error: unknown) => ({ data: undefined, error }),
      )
      if (withdrawn.signal.aborted) return
      setGiven((before) => ({ about, data: result.data ?? before?.data, error: result.error }))
    }
    const timer = setTimeout(() => void ask(), afterMs)
    return () => {
      clearTimeout(timer)
      withdrawn.abort()
    }
  }, [about, certificateId, wanted, afterMs])
  return { data: given?.data, error: given?.error ?? null, isBehind: afterMs !== null && given?.about !== about }
}

function isWanted(one: string): one is 'pictures' | 'means' {
  return one !== ''
}
