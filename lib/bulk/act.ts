/** What people do with a run: begin it, stop it, let it go on, look at refused rows again, write one anew, discard it. */
import { publishedType } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { isHidden } from '@/lib/certificates/hidden'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { requireCertifying, visibleRun } from './access'
import type { BulkRun } from './answers'
import { runAnswer, shownCells } from './read'
import type { Cells } from './rows'
import {
  lockRun,
  recheckRefused,
  writeCancelled,
  writeMended,
  writeStarted,
  writeState,
  type CountedRun,
} from './store'
import { bulkRows } from './store-rows'
import { allowed } from './view'

type May = keyof BulkRun['may']

/** Everything that was checked is done from now on. Refusals: those of `visibleRun`, BULK_STATE. */
export function startRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return changing(context, caller, runId, 'start', async (db, run) => {
    await writeStarted(db, run.id, context.now())
    return { action: 'bulk.started', rows: run.ready }
  })
}

/** Stops after the group at hand: what is done stays done. */
export function stopRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return changing(context, caller, runId, 'stop', async (db, run) => {
    await writeState(db, run.id, 'stopped')
    return { action: 'bulk.stopped', rows: run.waiting }
  })
}

/** Lets a stopped run go on where it was. */
export function resumeRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return changing(context, caller, runId, 'resume', async (db, run) => {
    await writeState(db, run.id, run.waiting > 0 ? 'running' : 'checking')
    return { action: 'bulk.resumed', rows: run.waiting }
  })
}

/** Refused rows are checked once more: what stood in their way may be gone. Nothing is done before somebody begins it. */
export function retryRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return changing(context, caller, runId, 'retry', async (db, run) => {
    requireAtRest(run)
    const rows = await recheckRefused(db, run.id, context.now())
    await writeState(db, run.id, 'checking')
    return { action: 'bulk.retried', rows }
  })
}

/**
 * Writes the cells of a refused row anew; it is checked at once. A hidden value that comes back as it was shown stays as it
 * is. Refusals: those of `visibleRun`, BULK_STATE, NOT_FOUND, VALIDATION_ERROR.
 */
export function mendRow(context: Context, caller: Caller, runId: string, row: number, cells: Cells): Promise<BulkRun> {
  return changing(context, caller, runId, 'mend', async (db, run) => {
    requireAtRest(run)
    const [before] = await bulkRows(db, run.id, { state: 'refused', after: row - 1, limit: 1 })
    if (before?.row !== row) throw new Refusal('NOT_FOUND', 'This row was not refused.')
    const type = await publishedType(context, run.type)
    const shown = shownCells(context, caller, type, before)
    const meant = Object.entries(cells).map(([head, cell]) => {
      if (!isHidden(cell)) return [head, cell]
      if (cell !== shown[head]) throw invalid('A hidden value can be left as it is, or written anew as a whole.')
      return [head, before.cells[head]!]
    })
    const unknown = Object.keys(cells).find((head) => !run.columns.includes(head))
    if (unknown !== undefined) throw invalid(`The file has no column “${unknown.slice(0, 60)}”.`)
    await writeMended(db, run.id, row, Object.fromEntries(meant), context.now())
    await writeState(db, run.id, 'checking')
    return { action: 'bulk.mended', rows: 1 }
  })
}

/** Nothing of it is done. */
export function discardRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return changing(context, caller, runId, 'discard', async (db, run) => {
    await writeCancelled(db, run.id, 'discarded', context.now())
    return { action: 'bulk.discarded', rows: run.total }
  })
}

async function changing(
  context: Context,
  caller: Caller,
  runId: string,
  step: May,
  work: (db: Statements, run: CountedRun) => Promise<{ action: string; rows: number }>,
): Promise<BulkRun> {
  const answer = await context.db.$transaction(async (db) => {
    const { id } = await visibleRun(context, db, caller, runId)
    await lockRun(db, id)
    const run = await visibleRun(context, db, caller, id)
    if (run.kind === 'certify' && step !== 'stop' && step !== 'discard') requireCertifying(caller)
    if (!allowed(run, caller, null)[step]) throw new Refusal('BULK_STATE', SENTENCES[step])
    const { action, rows } = await work(db, run)
    await writeAudit(db, caller, context.now(), { action, detail: { runId: id, rows } })
    return runAnswer(context, db, caller, await visibleRun(context, db, caller, id))
  })
  nudgeWorkers(context.db)
  return answer
}

/** While a stopped run has rows left, those come first. */
function requireAtRest(run: CountedRun): void {
  if (run.state === 'stopped' && run.waiting > 0) {
    throw new Refusal('BULK_STATE', 'Let it go on first: rows are waiting.')
  }
}

const SENTENCES: Record<May, string> = {
  start: 'There is nothing to begin: look at it again.',
  stop: 'It does not run at this moment.',
  resume: 'It is not stopped, or somebody else has to let it go on.',
  retry: 'No row of it can be looked at again at this moment.',
  discard: 'It has begun, or is over already.',
  mend: 'Its rows cannot be changed at this moment.',
  approve: 'It does not wait for a second person.',
  decline: 'It does not wait for a second person.',
  withdraw: 'It does not wait for a second person any more.',
}

function invalid(message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/cells', code: 'VALIDATION_ERROR', message }])
}
