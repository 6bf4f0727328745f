/** The second person of a recall, a supervisor, says yes or no; supervisors stop one that runs, and let it go on. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { RecallView } from './answers'
import {
  differencesNow,
  endStopped,
  fixRows,
  lockRecall,
  recallById,
  writeCancelled,
  writeConfirmed,
  writeState,
  type RecallRecord,
} from './store'
import { lockPeople, madeBy } from './store-people'
import { unhurried } from './store-unhurried'
import { keptTarget, ownRecall } from './target'
import { viewOf } from './view'

/**
 * Confirms a recall: what it covers is fixed at this moment, and the workers begin. `batch` is typed by the second person.
 * The same person's same request again finds it confirmed. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, RECALL_STATE,
 * SECOND_PERSON_NEEDED, VALIDATION_ERROR (batch), NOTHING_TO_RECALL.
 */
export async function confirmRecall(
  context: Context,
  caller: Caller,
  recallId: string,
  { batch }: { batch: string },
): Promise<RecallView> {
  const view = await changing(context, caller, recallId, async (db, recall) => {
    const isMine = recall.decidedById === caller.id
    if (isMine && (recall.state === 'running' || recall.state === 'stopped' || recall.state === 'done')) return
    requireState(recall, 'proposed')
    const refusal = await notSecondPerson(context, db, caller, recall)
    if (refusal) throw refusal
    if (comparable(batch) !== comparable(recall.criteria.batch)) {
      const message = 'This is not the batch of the recall. Type it as it stands above.'
      throw new Refusal('VALIDATION_ERROR', message, [{ index: 0, path: '/batch', code: 'VALIDATION_ERROR', message }])
    }
    if (recall.until !== null && recall.until <= context.now()) {
      throw new Refusal('RECALL_STATE', 'The suspensions would be over already. Propose it again with another end.')
    }
    const target = keptTarget(context, recall)
    // The recall that this lifts is held before its rows are read: it could go on in between.
    if (recall.ofRecallId) await endLifted(context, db, caller, recall.ofRecallId)
    const since = await differencesNow(db, recall.id, target)
    const covered = await fixRows(db, recall.id, target)
    if (covered === 0) throw new Refusal('NOTHING_TO_RECALL', 'No certificate is left to be changed.')
    await writeConfirmed(db, recall.id, caller, context.now())
    const detail = { recallId: recall.id, requestedBy: recall.requestedById, covered, ...since }
    await writeAudit(db, caller, context.now(), { action: 'recall.confirmed', detail })
  })
  nudgeWorkers(context.db)
  return view
}

/** Withdraws the own proposal, or declines somebody else's. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, NOT_ALLOWED, RECALL_STATE. */
export function cancelRecall(
  context: Context,
  caller: Caller,
  recallId: string,
  { note }: { note: string },
): Promise<RecallView> {
  return changing(context, caller, recallId, async (db, recall) => {
    const outcome = recall.requestedById === caller.id ? 'withdrawn' : 'declined'
    if (outcome === 'declined' && !has(caller, 'supervisor')) {
      throw new Refusal('NOT_ALLOWED', 'Only a supervisor declines what somebody else proposed.')
    }
    if (recall.state === 'cancelled' && recall.outcome === outcome && recall.decidedById === caller.id) return
    requireState(recall, 'proposed')
    await writeCancelled(db, recall.id, { outcome, note, by: caller }, context.now())
    await writeAudit(db, caller, context.now(), { action: `recall.${outcome}`, detail: { recallId: recall.id } })
  })
}

/** Stops a running recall after the group at hand. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, RECALL_STATE. */
export function stopRecall(context: Context, caller: Caller, recallId: string): Promise<RecallView> {
  return switching(context, caller, recallId, 'running', 'stopped')
}

/** Lets a stopped recall go on where it was. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, RECALL_STATE. */
export async function resumeRecall(context: Context, caller: Caller, recallId: string): Promise<RecallView> {
  const view = await switching(context, caller, recallId, 'stopped', 'running')
  nudgeWorkers(context.db)
  return view
}

function switching(context: Context, caller: Caller, recallId: string, from: 'running' | 'stopped', to: typeof from) {
  return changing(context, caller, recallId, async (db, recall) => {
    if (recall.state === to) return
    requireState(recall, from)
    await writeState(db, recall.id, to)
    const action = to === 'stopped' ? 'recall.stopped' : 'recall.resumed'
    await writeAudit(db, caller, context.now(), { action, detail: { recallId: recall.id } })
  })
}

/** Reads the recall again under its lock, lets `work` change it, and answers it as it is then. */
function changing(
  context: Context,
  caller: Caller,
  recallId: string,
  work: (db: Statements, recall: RecallRecord) => Promise<void>,
): Promise<RecallView> {
  return unhurried(context.db, async (db) => {
    const { id } = await ownRecall(context, db, caller, recallId)
    await lockRecall(db, id)
    await work(db, (await recallById(db, id, context.now()))!)
    return viewOf((await recallById(db, id, context.now()))!, caller)
  })
}

/**
 * Why the caller cannot be the second person of a recall, null when that one can: the same account, disabled, without
 * rights over these certificates, or an account that the first person made or opened a day ago or less. Nor does it go on
 * when the first person may not act any more.
 */
export async function notSecondPerson(
  context: Context,
  db: Statements,
  caller: Caller,
  recall: RecallRecord,
): Promise<Refusal | null> {
  const refused = (message: string) => new Refusal('SECOND_PERSON_NEEDED', message)
  if (recall.requestedById === caller.id) return refused('You proposed this. Somebody else has to confirm it.')
  const people = await lockPeople(db, [recall.requestedById, caller.id], recall.facilityCode)
  const may = (id: string) => {
    const person = people.find((one) => one.id === id)
    return person !== undefined && !person.disabled && person.reaches
  }
  if (!may(caller.id) || !has(caller, 'supervisor')) {
    return refused('You may not confirm recalls of these certificates: a supervisor who reaches them can.')
  }
  if (!may(recall.requestedById)) {
    return refused(`${recall.requestedByName}, who proposed this, may not act any more. Propose it anew.`)
  }
  if (await madeBy(db, caller.id, recall.requestedById, context.now())) {
    return refused(
      `${recall.requestedByName} proposed this and gave you your password less than a day ago. Somebody else has to confirm it.`,
    )
  }
  return null
}

/** A recall that was stopped and is lifted does not go on. */
async function endLifted(context: Context, db: Statements, caller: Caller, recallId: string): Promise<void> {
  await lockRecall(db, recallId)
  const recall = (await recallById(db, recallId, context.now()))!
  if (recall.state === 'running') {
    throw new Refusal('RECALL_STATE', 'The recall that this would lift is running again. Stop it first.')
  }
  if (recall.state !== 'stopped') return
  const left = await endStopped(db, recallId, context.now())
  await writeAudit(db, caller, context.now(), { action: 'recall.ended', detail: { recallId, left } })
}

function requireState({ state, outcome }: RecallRecord, wanted: RecallRecord['state']): void {
  if (state === wanted) return
  throw new Refusal('RECALL_STATE', SENTENCES[outcome ?? state])
}

const SENTENCES: Record<RecallRecord['state'] | NonNullable<RecallRecord['outcome']>, string> = {
  proposed: 'This recall waits for a second person.',
  running: 'This recall was confirmed and is running.',
  stopped: 'This recall was confirmed and stopped.',
  done: 'This recall is done.',
  cancelled: 'This recall was cancelled.',
  declined: 'This recall was declined.',
  withdrawn: 'This recall was withdrawn.',
  expired: 'Nobody confirmed this recall in time. Propose it again.',
}

/** As the database compares batches. */
function comparable(text: string): string {
  return text.replaceAll(/\s/gu, '').toUpperCase()
}
