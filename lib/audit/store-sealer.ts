/** The sealer: the leader among all workers seals what was written, once a second. */
import pg from 'pg'
import type { Config } from '@/lib/config'
import { LEADER_OPTIONS } from '@/lib/db'
import { log, traceOf } from '@/lib/log'
import { pause } from '@/lib/queue/outbox'
import { sealNext } from './store-seal'

/** "errata audit" as a number: the advisory lock of the one sealer of a database. */
const SEALER_LOCK = 7_263_548_120
const SEAL_EVERY = 1000
const LONGEST_DELAY_MS = 10_000

/** Seals until `signal` aborts. Of several sealers on one database one works; when it is gone another takes over. */
export async function runSealer(settings: Config, now: () => Date, signal: AbortSignal): Promise<void> {
  let delay = 500
  while (!signal.aborted) {
    try {
      await leadAndSeal(settings, now, signal, () => (delay = 500))
    } catch (error) {
      log().error(traceOf(error), 'sealing of the audit log paused')
      await pause(delay, signal)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  }
}

/** On a connection of its own: whoever loses it loses the lock, and can seal nothing any more. */
async function leadAndSeal(settings: Config, now: () => Date, signal: AbortSignal, sealed: () => void): Promise<void> {
  const { url, role } = settings.database
  const options = `${LEADER_OPTIONS}${role ? ` -c role=${role}` : ''}`
  const client = new pg.Client({ connectionString: url, keepAlive: true, options, connectionTimeoutMillis: 10_000 })
  let lost: Error | null = null
  client.on('error', (error) => (lost = error))
  try {
    await client.connect()
    while (!signal.aborted && !(await leads(client))) await pause(SEAL_EVERY, signal)
    let day = ''
    while (!signal.aborted) {
      if (lost) throw lost
      while ((await sealNext(client, now())) > 0) sealed()
      day = await tellRoot(client, now(), day)
      await pause(SEAL_EVERY, signal)
    }
  } finally {
    await client.end().catch(() => {})
  }
}

async function leads(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [SEALER_LOCK])
  return rows[0]!.ours
}

/** Once a day the last hash of the day before goes into the program's log, too: a place that the database's owner does not own. */
async function tellRoot(client: pg.Client, now: Date, told: string): Promise<string> {
  const today = now.toISOString().slice(0, 10)
  if (told === today) return told
  const { rows } = await client.query<{ n: string; hash: string }>(
    `select n::text, encode(hash, 'hex') as hash from audit_seal s where s.at < $1::timestamptz order by s.n desc limit 1`,
    [`${today}T00:00:00Z`],
  )
  const [root] = rows
  if (root) log().info({ event: 'audit root', before: today, seal: root.n, hash: root.hash })
  return today
}
