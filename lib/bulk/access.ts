/** Who may see a run: who began it, and supervisors who reach whatever it is about. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { reachesFacility } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import { runById, type CountedRun } from './store'
import { isOwn } from './view'

/** Certifying many at once is a supervisor's, whenever it is asked for. Refusal NOT_ALLOWED. */
export function requireCertifying(caller: Caller): void {
  if (caller.kind !== 'operator' || has(caller, 'supervisor')) return
  throw new Refusal('NOT_ALLOWED', 'Only a supervisor certifies from a file.')
}

/** Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED. */
export async function visibleRun(context: Context, db: Statements, caller: Caller, id: string): Promise<CountedRun> {
  const run = isUuid(id) ? await runById(db, id, context.now()) : null
  if (!run) throw new Refusal('NOT_FOUND', 'There is no such run.')
  if (isOwn(run, caller)) return run
  if (run.byReach.sandbox || !reachesFacility(caller, run.facilityCode)) {
    throw new Refusal('NOT_YOUR_FACILITY', 'This run is about certificates of another facility.')
  }
  if (!has(caller, 'supervisor')) {
    throw new Refusal('NOT_ALLOWED', 'Only who began it and supervisors can open this run.')
  }
  return run
}
