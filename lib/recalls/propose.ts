/** The first person of a recall: look at what it would do, then propose it. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { initialsOf } from '@/lib/desk/initials'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import type { RecallPreview, RecallView } from './answers'
import { insertProposedRows, insertRecall, openOfBatch, recallById } from './store'
import { countFitting } from './store-matching'
import { batchesBeginning } from './store-batches'
import { unhurried } from './store-unhurried'
import { countsIn, countsOf, targetOf, type Wanted } from './target'
import { viewOf } from './view'

const DAYS_TO_CONFIRM = 7
const DAY = 24 * 60 * 60 * 1000
const SUGGESTIONS = 12

/** What a recall would cover. Changes nothing. Refusals as of `targetOf`. */
export async function previewRecall(context: Context, caller: Caller, wanted: Wanted): Promise<RecallPreview> {
  const target = await targetOf(context, context.db, caller, wanted)
  const isLift = target.action === 'lift'
  const [found, open] = await Promise.all([
    unhurried(context.db, (db) => countFitting(db, target)),
    isLift ? [] : openOfBatch(context.db, caller, target.criteria.batch, target.at),
  ])
  return {
    action: target.action,
    criteria: target.criteria,
    until: target.until?.toISOString() ?? null,
    counts: countsIn(found),
    rows: found.first.map(({ code, holderName, facilityCode, facilityName, ...row }) => ({
      ...row,
      preEnrollmentCode: code,
      initials: initialsOf(holderName),
      facility: { code: facilityCode, name: facilityName },
    })),
    elsewhere: found.elsewhere,
    open,
  }
}

/**
 * Proposes a recall: keeps the criteria, what they cover now, and waits 7 days for a second person. `attempt` becomes its
 * id: sent again, the same proposal is answered. Refusals as of `targetOf`, and NOTHING_TO_RECALL.
 */
export async function proposeRecall(
  context: Context,
  caller: Caller,
  { attempt, reason, ...wanted }: Wanted & { attempt: string; reason: string },
): Promise<RecallView> {
  return unhurried(context.db, async (db) => {
    const target = await targetOf(context, db, caller, wanted)
    const snapshot = await countsOf(db, target)
    const { action, criteria, facilityCode, until, ofRecallId, at } = target
    const facts = { id: attempt.toLowerCase(), action, criteria, facilityCode, until, ofRecallId, snapshot }
    const by = { requestedById: caller.id, requestedByName: caller.name, requestedAt: at }
    const expiresAt = new Date(at.getTime() + DAYS_TO_CONFIRM * DAY)
    const isNew = await insertRecall(db, { ...facts, ...by, expiresAt, reason: { cause: 'recall', note: reason } })
    if (isNew) {
      const covered = await insertProposedRows(db, facts.id, target)
      if (covered === 0) throw new Refusal('NOTHING_TO_RECALL', nothing(action))
      const detail = { recallId: facts.id, action, criteria, covered, ...(ofRecallId ? { ofRecallId } : {}) }
      await writeAudit(db, caller, at, { action: 'recall.proposed', detail })
    }
    const recall = (await recallById(db, facts.id, at))!
    if (recall.requestedById !== caller.id) {
      throw new Refusal('VALIDATION_ERROR', 'attempt must be a new random UUID.')
    }
    return viewOf(recall, caller)
  })
}

function nothing(action: Wanted['action']): string {
  return action === 'lift'
    ? 'No certificate is suspended by this recall any more.'
    : 'No valid certificate fits. Compare vaccine and batch with a certificate.'
}

/** Batches to pick from, of what the caller acts for. */
export async function knownBatches(context: Context, caller: Caller, text: string) {
  return { batches: await batchesBeginning(context.db, text, caller, SUGGESTIONS) }
}
