/** Tells the workers that there is work. Only a nudge: the rows are the truth, and a worker that misses it looks by itself. */
import pg from 'pg'
import type { Statements } from '@/lib/db'

const CHANNEL = 'errata_work'

const waiting = new WeakMap<object, Set<string>>()

/**
 * Sends one nudge for all that is accepted within 5 ms. Outside the accepting transaction on purpose: a transaction that
 * notifies holds a lock over all other notifying commits.
 */
export function nudgeWorkers(db: Statements, channel = CHANNEL): void {
  const channels = waiting.get(db) ?? new Set<string>()
  if (channels.has(channel)) return
  waiting.set(db, channels.add(channel))
  setTimeout(() => {
    channels.delete(channel)
    db.$executeRaw`select pg_notify(${channel}, '')`.catch(() => {
      // Nothing is lost: every worker also looks by itself, once a second.
    })
  }, 5).unref()
}

/**
 * Calls `onNudge` at every nudge until closed. A lost connection is made again; meanwhile the worker's own look-outs serve.
 * `idle`: it never keeps the process alive.
 */
export async function listenForNudges(
  url: string,
  onNudge: () => void,
  { channel = CHANNEL, idle = false } = {},
): Promise<{ close(): Promise<void> }> {
  let closed = false
  let client: pg.Client | undefined
  const connect = async () => {
    const mine = new pg.Client({ connectionString: url })
    client = mine
    // What a client says after it was replaced counts for nothing: else two are made for one, and only one is ever closed.
    const lost = () => client === mine && reconnect()
    mine.on('notification', onNudge)
    mine.on('error', lost)
    mine.on('end', lost)
    await mine.connect()
    await mine.query(`listen ${channel}`)
    if (idle) (mine as pg.Client & { unref(): void }).unref()
    // Something may have been said before.
    onNudge()
  }
  let again: NodeJS.Timeout | undefined
  const reconnect = () => {
    if (closed || again) return
    again = setTimeout(() => {
      again = undefined
      connect().catch(reconnect)
    }, 1000)
    if (idle) again.unref()
  }
  await connect().catch(reconnect)
  return {
    async close() {
      closed = true
      clearTimeout(again)
      await client?.end().catch(() => {})
    },
  }
}
