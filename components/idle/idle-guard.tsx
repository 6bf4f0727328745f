'use client'
/** Warns before a session ends, keeps it alive while somebody is there, and hides the page when it is over. */
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { useLater } from '@/components/ui/use-later'
import { ApiError, call, setAttendance } from '@/lib/api/call'
import { IdleWatch, type IdleState } from './idle-watch'
import { onEndTold, tellEnd } from './session-clock'
import { signInAddress } from './sign-in-address'
import { SignedOut } from './signed-out'

const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const
const HERE: IdleState = { kind: 'here' }
/** How long the end waits for the draft to be saved and for signing out. */
const PATIENCE = 3000

const LeaveContext = createContext<(() => Promise<void>) | null>(null)

export function IdleGuard({ children }: { children: ReactNode }) {
  const keeper = useDraftKeeper()
  const [watch] = useState(() => new IdleWatch({ renew, tellEnd, now: () => Date.now() }))
  const state = useSyncExternalStore(
    watch.subscribe,
    () => watch.state,
    () => HERE,
  )
  useEffect(() => {
    const touched = (event: Event) => {
      // Browsers send a move without a movement when the page changes under a mouse that lies still.
      const moved =
        !(event instanceof PointerEvent) ||
        event.type !== 'pointermove' ||
        event.movementX !== 0 ||
        event.movementY !== 0
      if (moved) watch.touched()
    }
    const look = () => watch.check()
    const lost = () => keeper.state.kind === 'signedOut' && watch.end(true)
    const away = [onEndTold((end) => watch.told(end)), keeper.subscribe(lost)]
    for (const event of TOUCHES) document.addEventListener(event, touched, { capture: true, passive: true })
    document.addEventListener('visibilitychange', look)
    addEventListener('pageshow', look)
    addEventListener('focus', look)
    setAttendance(() => watch.isUnattended())
    watch.start()
    return () => {
      watch.stop()
      setAttendance(() => false)
      for (const stop of away) stop()
      for (const event of TOUCHES) document.removeEventListener(event, touched, { capture: true })
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pageshow', look)
      removeEventListener('focus', look)
    }
  }, [watch, keeper])
  const leave = useMemo(
    () => async () => {
      const onwards = await endSession(watch)
      // With a load of its own: nothing of the person stays in this page's memory.
      location.assign(new URL(onwards ?? '/sign-in', location.href))
    },
    [watch],
  )
  const warning = useLater(warn, state.kind === 'warning')
  const over = state.kind === 'over'
  const byClock = over && !state.elsewhere
  useEffect(() => {
    if (!over) return
    void (async () => {
      if (byClock) {
        await soon(keeper.flush())
        await endSession(watch)
      }
      location.assign(signInAddress())
    })()
  }, [over, byClock, keeper, watch])
  if (over) return <SignedOut idle={byClock} />
  return (
    <LeaveContext value={leave}>
      {children}
      {warning && state.kind === 'warning' && (
        <warning.IdleWarning
          secondsLeft={state.secondsLeft}
          longest={state.longest}
          onStay={() => watch.stay()}
          onLeave={async () => {
            await soon(keeper.flush())
            await leave()
          }}
        />
      )}
    </LeaveContext>
  )
}

function warn() {
  return import('./idle-warning')
}

/** Signs out, in all windows. */
export function useSignOut(): () => Promise<void> {
  const leave = use(LeaveContext)
  if (!leave) throw new Error('useSignOut outside IdleGuard')
  return leave
}

/**
 * Signs out, then tells the other windows: before, the server would still let them in. Answers where to sign out at the
 * sign-in service, too; null = nowhere.
 */
async function endSession(watch: IdleWatch): Promise<string | null> {
  let onwards: string | null = null
  const ended = call('DELETE /v3/session').then(({ continueAt }) => (onwards = continueAt))
  await soon(ended)
  // On every page, and used once a day: it comes when it is needed.
  await soon(import('next-auth/react').then(({ signOut }) => signOut({ redirect: false })))
  watch.signedOut()
  return onwards
}

async function renew() {
  try {
    return await call('POST /v3/session')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Waits for something that may fail or never end: the page goes to sign in whatever becomes of it. */
async function soon(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))])
}
