/** The SQL of the outbox: events are written in the changing transaction, read by one relay, marked when the broker has them. */
import pg from 'pg'
import type { Config } from '@/lib/config'
import { LEADER_OPTIONS, type Statements } from '@/lib/db'

export type Topic = keyof Config['kafka']['topics']

/** One message for other systems. */
export interface OutboxEvent {
  /** A uuid, sent along as a header: at-least-once delivery can be told from a second event by it. */
  id: string
  topic: Topic
  /** Lineage uuid; null where the message belongs to none. */
  key: string | null
  headers?: Record<string, string>
  payload: Record<string, unknown>
}

/** Writes events in the caller's transaction, in the order given. */
export async function writeEvents(db: Statements, events: OutboxEvent[]): Promise<void> {
  if (events.length === 0) return
  await db.$executeRaw`
    insert into outbox (event_id, topic, key, headers, payload)
    select e.id, e.topic, e.key, coalesce(e.headers, '{}'), e.payload
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as (id uuid, topic text, key uuid, headers jsonb, payload jsonb)) with ordinality as e(id, topic, key, headers, payload, n)
    order by e.n`
}

/** A row that waits for the broker. */
export interface Waiting extends Required<OutboxEvent> {
  row: string
}

/** The right to publish, held by at most one process, and what only its holder may do. */
export interface RelayLease {
  /**
   * The oldest waiting rows, at most `limit` of each of these topics, in the order of their ids. That order is right for every
   * lineage: whoever writes an event of one holds its lock until the commit, so an earlier id is visible before a later
   * one is drawn. Across lineages a lower id may become visible later; that loses nothing, because each row carries its
   * own mark and no watermark is kept. Order by transaction id would turn two events of a lineage around when the
   * older transaction waited for the lock.
   */
  waiting(topics: Topic[], limit: number): Promise<Waiting[]>
  /** Throws when the right was lost meanwhile: to be asked before anything is sent, for a process that was frozen does not know it. */
  still(): Promise<void>
  /** Marks rows as published. Marking one again changes nothing. */
  published(rows: string[]): Promise<void>
  /** Puts a row aside that the broker will never take. */
  failed(row: string, reason: string): Promise<void>
  /** Removes what was published more than so many days ago. */
  prune(days: number): Promise<number>
  /** Gives the right to the next one. */
  close(): Promise<void>
}

/** "errata relay" as a number: the advisory lock of the one relay of a database. */
export const RELAY_LOCK = 7_263_548_119

/** Well within the time after which the server takes the right away. */
const SIGN_OF_LIFE_MS = 2500
/** What the server said so long ago still holds. */
const TRUSTED_MS = 1000

/**
 * Waits for the right to publish. The lock belongs to a connection of its own, and all reading and marking goes through
 * it: who loses the connection loses the lock and can mark nothing any more. Null when `signal` aborts first; throws
 * when the database cannot be reached. The server takes it from a holder that was frozen within ten seconds (LEADER_OPTIONS),
 * and from a machine that vanished within half a minute.
 */
export async function waitForRelayLease(url: string, signal: AbortSignal): Promise<RelayLease | null> {
  const facts = { connectionString: url, keepAlive: true, options: LEADER_OPTIONS, connectionTimeoutMillis: 10_000 }
  const client = new pg.Client(facts)
  let lost: Error | null = null
  client.on('error', (error) => (lost = error))
  try {
    await client.connect()
    while (!signal.aborted) {
      const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [RELAY_LOCK])
      if (rows[0]!.ours) return leaseOn(client, () => lost)
      await pause(500, signal)
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  await client.end()
  return null
}

function leaseOn(client: pg.Client, lost: () => Error | null): RelayLease {
  let last: Promise<unknown> = Promise.resolve()
  let answeredAt = performance.now()
  // One after the other: the sign of life comes between others.
  const query = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => {
    const answer = last.then(async () => {
      const error = lost()
      if (error) throw error
      const result = await client.query<Row>(sql, values)
      answeredAt = performance.now()
      return result
    })
    last = answer.catch(() => {})
    return answer
  }
  // A broker may be waited for longer than the server waits for us.
  const alive = setInterval(() => {
    if (performance.now() - answeredAt >= SIGN_OF_LIFE_MS) query('select 1').catch(() => {}) // the next one says it
  }, SIGN_OF_LIFE_MS).unref()
  return {
    async still() {
      if (performance.now() - answeredAt >= TRUSTED_MS) await query('select 1')
    },
    async waiting(topics, limit) {
      const { rows } = await query<Waiting>(
        `select o.id::text as row, o.event_id as id, o.topic, o.key, o.headers, o.payload
         from unnest($1::text[]) as t(topic)
         cross join lateral (
           select * from outbox w where w.topic = t.topic and w.published_at is null and w.failure is null
           order by w.id limit $2) o
         order by o.id`,
        [topics, limit],
      )
      return rows
    },
    async published(rows) {
      await query(
        'update outbox set published_at = now() where id = any($1::bigint[]) and published_at is null and failure is null',
        [rows],
      )
    },
    async failed(row, reason) {
      await query('update outbox set failure = $2 where id = $1::bigint', [row, reason])
    },
    async prune(days) {
      const { rowCount } = await query('delete from outbox where published_at < now() - make_interval(days => $1)', [
        days,
      ])
      return rowCount ?? 0
    },
    async close() {
      clearInterval(alive)
      await client.end().catch(() => {})
    },
  }
}

/** Ends early, and quietly, when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
