'use client'
/** Trying all of one reason again, part by part, as the registry hands them out. */
import { useState } from 'react'
import { call } from '@/lib/api/call'
import type { QueueRetried } from '@/lib/operations/answers'
import { useLookAgain } from './use-queue'

export interface Retrying {
  reason: string
  total: number
  done: number
  refused: QueueRetried['refused']
  isOver: boolean
  /** It stopped in the middle; what was done stays done. */
  broke: boolean
}

export function useRetryAll() {
  const [now, setNow] = useState<Retrying | null>(null)
  const lookAgain = useLookAgain()
  async function begin(state: 'held' | 'failed', reason: string, total: number): Promise<void> {
    let at: Retrying = { reason, total, done: 0, refused: [], isOver: false, broke: false }
    setNow(at)
    try {
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const answer: QueueRetried = await call('POST /v3/queue/retry', { body: { state, reason, after } })
        after = answer.next
        at = { ...at, done: at.done + answer.done, refused: [...at.refused, ...answer.refused] }
        setNow(at)
      }
      setNow({ ...at, isOver: true })
    } catch {
      setNow({ ...at, isOver: true, broke: true })
    }
    lookAgain()
  }
  return { now, begin }
}
