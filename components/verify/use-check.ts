'use client'
/** What was scanned last and what is to be said about it. It leaves the page's memory after a minute. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Verdict } from '@/lib/verification/verdict'
import type { Sources } from '@/lib/verification/verify'
import type { PageSources } from './sources'

export interface Checked {
  verdict: Verdict
  at: Date
}

/** Somebody's name is not left on a screen. */
export const CLEAR_AFTER_S = 60

export interface Check {
  checking: boolean
  checked: Checked | null
  /** The last result went by itself. */
  cleared: boolean
  /** Seconds until the result goes; null = it stays. */
  left: number | null
  check(text: string): Promise<Checked | null>
  keep(): void
  next(): void
  sources(): Promise<PageSources>
  /** Whether our server answered the last question; null = not asked yet. */
  reached: boolean | null
}

/** `own`: the vocabularies of the issuer's settings; `kinds`: what certificates of each type show besides. */
export function useCheck(own: Sources['own'], kinds: Sources['kinds']): Check {
  const [checking, setChecking] = useState(false)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [cleared, setCleared] = useState(false)
  const [goesAt, setGoesAt] = useState<number | null>(null)
  const [left, setLeft] = useState(CLEAR_AFTER_S)
  const [reached, setReached] = useState<boolean | null>(null)
  const kept = useRef<Promise<PageSources> | null>(null)
  const turn = useRef(0)

  /** One for the life of the page; a connection that broke while it was loaded is tried again. */
  const sources = useCallback((): Promise<PageSources> => {
    kept.current ??= loadChecking()
      .then(({ pageSources }) => pageSources(own, kinds, setReached))
      .catch((error: unknown) => {
        kept.current = null
        throw error
      })
    return kept.current
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the settings do not change under an open page
  }, [])

  // Before anything is scanned: without a connection later on, signatures can still be checked.
  useEffect(() => {
    void sources()
      .then((loaded) => loaded.keys(false))
      .catch(() => setReached(false))
    const lost = () => setReached(false)
    addEventListener('offline', lost)
    return () => removeEventListener('offline', lost)
  }, [sources])

  const check = useCallback(
    async (text: string) => {
      const mine = ++turn.current
      setChecking(true)
      setCleared(false)
      const verdict = await verdictOn(text, sources)
      if (mine !== turn.current) return null
      const result = { verdict, at: new Date() }
      setChecking(false)
      setChecked(result)
      setLeft(CLEAR_AFTER_S)
      setGoesAt(Date.now() + CLEAR_AFTER_S * 1000)
      return result
    },
    [sources],
  )

  const drop = useCallback((byItself: boolean) => {
    turn.current++
    setChecking(false)
    setChecked(null)
    setGoesAt(null)
    setCleared(byItself)
  }, [])

  useEffect(() => {
    if (goesAt === null) return
    // By the clock: a page in the background is woken seldom, and its minute is no longer than others.
    const timer = setInterval(() => {
      const seconds = Math.ceil((goesAt - Date.now()) / 1000)
      if (seconds > 0) setLeft(seconds)
      else drop(true)
    }, 1000)
    return () => clearInterval(timer)
  }, [goesAt, drop])

  return {
    checking,
    checked,
    cleared,
    left: goesAt === null ? null : left,
    check,
    keep: () => setGoesAt(null),
    next: () => drop(false),
    sources,
    reached,
  }
}

const loadChecking = () => import('./checking')

async function verdictOn(text: string, sources: () => Promise<PageSources>): Promise<Verdict> {
  try {
    const { verify } = await loadChecking()
    return await verify(text, await sources())
  } catch {
    // Its code did not come.
    return { state: 'could_not_check', obstacle: 'keys' }
  }
}
