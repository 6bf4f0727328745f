/** Whether a process that serves nobody, a worker or a relay, does its work. */
import type { Context } from '@/lib/certificates/context'
import { answered, database, migrations, type Check, type Readiness } from './checks'
import { sameSettings } from './same-settings'

/** The pipeline turns once a second; a turn with many at once takes some seconds. */
const SILENT_SECONDS = 30

/** What a process knows of itself. */
export interface Working {
  /** When the pipeline last began a turn (performance.now()); `at` is null before the first, all is null where none runs. */
  turn: { at: number | null } | null
  /** Aborted once it was told to stop. */
  stop: AbortSignal
}

/**
 * Not ready as soon as it was told to stop, while the database is away, or when the pipeline stands still. That others have
 * other settings is only told: so it is while a setting is changed, one process after the other.
 */
export async function workerReadiness(context: Context, { turn, stop }: Working): Promise<Readiness> {
  const watched = answered({ settings: sameSettings(context) })
  const checks = await answered({
    database: database(context),
    migrations: migrations(context),
    ...(turn ? { pipeline: Promise.resolve(turned(turn.at)) } : {}),
    ...(stop.aborted ? { stopping: Promise.resolve({ ok: false, note: 'it ends what is at hand' }) } : {}),
  })
  return { ready: Object.values(checks).every(({ ok }) => ok), checks: { ...checks, ...(await watched) } }
}

function turned(at: number | null): Check {
  if (at === null) return { ok: false, note: 'waits for the database and the keys' }
  const seconds = Math.round((performance.now() - at) / 1000)
  return seconds <= SILENT_SECONDS ? { ok: true } : { ok: false, note: `stands still for ${seconds} s` }
}
