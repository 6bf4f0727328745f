'use client'
/** The one keeper of drafts of a page, and how it asks the registry. */
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { newUuid } from '@/components/registry'
import { call } from '@/lib/api/call'
import { DraftKeeper, type DraftDoor, type DraftState } from './draft-keeper'

const door: DraftDoor = {
  save: (certificateId, body, leaving) =>
    call('PUT /v3/drafts/{certificateId}', { params: { certificateId }, body, keepalive: leaving }),
  drop: (certificateId) => call('DELETE /v3/drafts/{certificateId}', { params: { certificateId } }),
  lastSaved: async (certificateId) => {
    const { draft } = await call('GET /v3/drafts/{certificateId}', { params: { certificateId } })
    return draft?.certificateId === certificateId ? draft.savedAt : null
  },
}

const KeeperContext = createContext<DraftKeeper | null>(null)

export function DraftsProvider({ children }: { children: ReactNode }) {
  const [keeper] = useState(() => new DraftKeeper(door, newUuid))
  useEffect(() => {
    const online = () => void keeper.flush()
    const going = () => void (document.visibilityState === 'hidden' && keeper.flush(true))
    addEventListener('online', online)
    addEventListener('pagehide', going)
    document.addEventListener('visibilitychange', going)
    return () => {
      removeEventListener('online', online)
      removeEventListener('pagehide', going)
      document.removeEventListener('visibilitychange', going)
    }
  }, [keeper])
  return <KeeperContext value={keeper}>{children}</KeeperContext>
}

/** What keeps the correction at hand as a draft. */
export function useDraftKeeper(): DraftKeeper {
  const keeper = use(KeeperContext)
  if (!keeper) throw new Error('useDraftKeeper outside DraftsProvider')
  return keeper
}

/** Where the draft stands. */
export function useDraftState(): DraftState {
  const keeper = useDraftKeeper()
  return useSyncExternalStore(
    keeper.subscribe,
    () => keeper.state,
    () => keeper.state,
  )
}
