/** What the windows of one browser tell each other about the session, through local storage: when it ends and which one it is, nothing personal. */
import type { SessionEnd } from './idle-watch'

const KEY = 'errata-session'

/** Tells the other windows. */
export function tellEnd(end: SessionEnd): void {
  localStorage.setItem(KEY, JSON.stringify(end))
}

/** Calls back with what another window tells. */
export function onEndTold(told: (end: SessionEnd) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key !== KEY || newValue === null) return
    const { endsAt, session } = JSON.parse(newValue) as Partial<SessionEnd>
    if (typeof endsAt === 'number' && typeof session === 'string') told({ endsAt, session })
  }
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}
