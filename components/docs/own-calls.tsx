'use client'
/** What the token of this page asked lately; looked at again every few seconds while somebody looks. */
import { useEffect, useState } from 'react'
import type { CallsAnswer } from '@/lib/developers/answers'
import { CallList } from './call-list'
import { fetchCalls, TokenForm, useHeldToken } from './token'

const LOOK_EVERY_MS = 3000

export function OwnCalls() {
  const held = useHeldToken()
  if (!held) return <TokenForm />
  return <Calls key={held.token} token={held.token} />
}

function Calls({ token }: { token: string }) {
  const [answer, setAnswer] = useState<CallsAnswer | null>(null)
  const [stale, setStale] = useState(false)
  useEffect(() => {
    const gone = new AbortController()
    const look = async () => {
      if (document.hidden) return
      try {
        setAnswer(await fetchCalls(token, gone.signal))
        setStale(false)
      } catch {
        if (!gone.signal.aborted) setStale(true)
      }
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => {
      gone.abort()
      clearInterval(timer)
    }
  }, [token])
  return <CallList calls={answer?.calls ?? []} stale={stale} momentOf={localMoment} />
}

/** In the developer's own time. */
function localMoment(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant))
}
