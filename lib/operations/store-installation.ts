/** The SQL of what surrounds the queue: workers, the relay, what the broker will never take. */
import type { Statements } from '@/lib/db'
import { RELAY_LOCK } from '@/lib/queue/outbox'

/** Seen within so many seconds counts as alive: a worker says so every two, and between two claims at the latest. */
const ALIVE_SECONDS = 30

export async function workersAlive(db: Statements): Promise<{ alive: number; seenAt: Date | null }> {
  const rows = await db.$queryRaw<{ alive: number; seenAt: Date | null }[]>`
    select (count(*) filter (where seen_at > now() - make_interval(secs => ${ALIVE_SECONDS}::int)))::int as alive,
           max(seen_at) as "seenAt"
    from worker`
  return rows[0]!
}

/** Whether some process has the right to publish, and how many messages the broker will never take. */
export async function relayState(db: Statements): Promise<{ running: boolean; putAside: number }> {
  const rows = await db.$queryRaw<{ running: boolean; putAside: number }[]>`
    select exists (
        select 1 from pg_locks
        where locktype = 'advisory' and granted and objsubid = 1
          and database = (select oid from pg_database where datname = current_database())
          and (classid::bigint << 32) + objid::bigint = ${RELAY_LOCK}::bigint) as running,
      (select count(*)::int from outbox where failure is not null) as "putAside"`
  return rows[0]!
}
