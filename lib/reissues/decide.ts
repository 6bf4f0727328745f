/** What people do with a re-issue: choose, start, pause, go on, end, try again. */
import { publishedType } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { Command, ReissueView } from './answers'
import {
  againRows,
  insertReissue,
  lockReissue,
  reissueById,
  writeChosenTo,
  writeStarted,
  writeState,
  type ReissueRecord,
} from './store'
import { keepChosen } from './store-choosing'
import { ownReissue, targetOf, type Wanted } from './target'
import { viewOf } from './view'

/**
 * Keeps which certificates are chosen now, and has the worker look through them; in a large registry the worker chooses, too,
 * part by part. Nothing is issued before it is started. `attempt` becomes its id: sent again, the same is answered. Refusals as of `targetOf`, and NOTHING_TO_REISSUE.
 */
export async function addReissue(
  context: Context,
  caller: Caller,
  { attempt, reason, perMinute, ...wanted }: Wanted & { attempt: string; reason: string; perMinute: number },
): Promise<ReissueView> {
  const id = attempt.toLowerCase()
  const target = await targetOf(context, caller, wanted)
  const run = await context.db.$transaction(async (db) => {
    const { type, version, choice, at } = target
    const by = { requestedById: caller.id, requestedByName: caller.name, requestedAt: at }
    if (await insertReissue(db, { id, type, version, choice, reason, perMinute, ...by })) {
      const { chosen, last } = await keepChosen(db, id, target, { after: null, until: at })
      if (last !== null) await writeChosenTo(db, id, last)
      else if (chosen === 0) throw target.scope === 'all' ? nothing() : notThere()
      const { codes, ...said } = choice
      const detail = {
        reissueId: id,
        type,
        version,
        ...said,
        codes: codes.length,
        chosen: last === null ? chosen : null,
      }
      await writeAudit(db, caller, at, { action: 'reissue.added', detail })
    }
    return (await reissueById(db, id))!
  })
  if (run.requestedById !== caller.id) throw new Refusal('VALIDATION_ERROR', 'attempt must be a new random UUID.')
  nudgeWorkers(context.db)
  return viewFor(context, caller, run)
}

/** Begins, in the name of the caller. The same again finds it begun. Refusals: NOT_FOUND, REISSUE_STATE, NOTHING_TO_REISSUE. */
export function startReissue(context: Context, caller: Caller, reissueId: string): Promise<ReissueView> {
  return changing(context, caller, reissueId, async (db, run) => {
    if (run.startedById === caller.id) return
    if (run.state !== 'ready') throw stateRefusal(run)
    await requireInForce(context, run)
    const waiting = run.counts.waiting ?? 0
    if (waiting === 0) throw new Refusal('NOTHING_TO_REISSUE', 'None of the chosen certificates can be issued anew.')
    await writeStarted(db, run.id, caller, context.now())
    const detail = { reissueId: run.id, waiting, requestedBy: run.requestedById }
    await writeAudit(db, caller, context.now(), { action: 'reissue.started', detail })
  })
}

/** Pauses, goes on, ends for good, or tries what failed or was skipped once more. Refusals: NOT_FOUND, REISSUE_STATE. */
export function steerReissue(
  context: Context,
  caller: Caller,
  reissueId: string,
  command: Command,
): Promise<ReissueView> {
  return changing(context, caller, reissueId, async (db, run) => {
    const changed = await STEER[command](context, db, run)
    if (!changed) return
    await writeAudit(db, caller, context.now(), { action: PAST[command], detail: { reissueId: run.id } })
  })
}

const PAST: Record<Command, string> = {
  pause: 'reissue.paused',
  resume: 'reissue.resumed',
  stop: 'reissue.stopped',
  retry: 'reissue.retried',
}

/** Each answers whether it changed anything: a request that comes twice finds its work done. */
const STEER: Record<Command, (context: Context, db: Statements, run: ReissueRecord) => Promise<boolean>> = {
  async pause(_context, db, run) {
    if (run.state === 'paused') return false
    if (run.state !== 'running') throw stateRefusal(run)
    await writeState(db, run.id, { state: 'paused' })
    return true
  },
  async resume(context, db, run) {
    if (run.state === 'running') return false
    if (run.state !== 'paused') throw stateRefusal(run)
    await requireInForce(context, run)
    await writeState(db, run.id, { state: 'running' })
    return true
  },
  async stop(context, db, run) {
    if (run.state === 'stopped') return false
    if (run.state === 'done') throw stateRefusal(run)
    await writeState(db, run.id, { state: 'stopped', finishedAt: context.now() })
    return true
  },
  async retry(context, db, run) {
    if (run.startedAt === null || (run.state !== 'done' && run.state !== 'paused')) throw stateRefusal(run)
    await requireInForce(context, run)
    if ((await againRows(db, run.id)) === 0) return false
    await writeState(db, run.id, { state: 'running' })
    return true
  },
}

/** Reads the run again under its lock, lets `work` change it, and answers it as it is then. */
async function changing(
  context: Context,
  caller: Caller,
  reissueId: string,
  work: (db: Statements, run: ReissueRecord) => Promise<void>,
): Promise<ReissueView> {
  const run = await context.db.$transaction(async (db) => {
    const { id } = await ownReissue(db, caller, reissueId)
    await lockReissue(db, id)
    await work(db, (await reissueById(db, id))!)
    return (await reissueById(db, id))!
  })
  nudgeWorkers(context.db)
  return viewFor(context, caller, run)
}

async function viewFor(context: Context, caller: Caller, run: ReissueRecord): Promise<ReissueView> {
  return viewOf(run, await publishedType(context, run.type), caller)
}

async function requireInForce(context: Context, { type, version }: ReissueRecord): Promise<void> {
  const inForce = await publishedType(context, type)
  if (inForce.version === version) return
  throw new Refusal(
    'REISSUE_STATE',
    `Version ${inForce.version} is in force now; this was chosen for version ${version}. Choose anew.`,
  )
}

function stateRefusal({ state }: ReissueRecord): Refusal {
  return new Refusal('REISSUE_STATE', SENTENCES[state])
}

const SENTENCES: Record<ReissueRecord['state'], string> = {
  checking: 'The chosen certificates are still being looked through.',
  ready: 'This re-issue has not been started.',
  running: 'This re-issue is running.',
  paused: 'This re-issue is paused.',
  stopped: 'This re-issue was ended.',
  done: 'This re-issue is done.',
}

function nothing(): Refusal {
  return new Refusal('NOTHING_TO_REISSUE', 'No certificate is as you chose.')
}

/** Whoever acts for one facility does not learn whether another one has such a record. */
function notThere(): Refusal {
  return new Refusal('NOT_FOUND', 'You have no such certificate, or it is of the version in force already.')
}
