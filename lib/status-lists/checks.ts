/** What a web server does about checks: shows them and asks for one. The worker does them. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { CheckView } from './answers'
import { beginFor, lastChecks, lastFinishedCheck, type CheckRow } from './store-sample'

/** The last checks, newest first. */
export async function checks({ db, settings }: Context) {
  const rows = await lastChecks(db, 30)
  return { checks: rows.map(viewOf), ...settings.sampleCheck }
}

/** The last one that came to an end, null when there is none. */
export async function lastCheck({ db }: Context): Promise<CheckView | null> {
  const row = await lastFinishedCheck(db)
  return row && viewOf(row)
}

/** Begins a check now, unless one is going on. Returns the one that goes on. */
export async function startCheck(context: Context, caller: Caller): Promise<CheckView> {
  await beginFor(context.db, caller, context.settings.sampleCheck.size || 500, context.now())
  const [last] = await lastChecks(context.db, 1)
  return viewOf(last!)
}

function viewOf({ id, startedAt, finishedAt, ...row }: CheckRow): CheckView {
  return { checkId: id, ...row, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}
