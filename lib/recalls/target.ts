/** What a recall is about, from what somebody asks for or from what is kept. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { onlyFacility, reachesFacility } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { RecallCounts, RecallCriteria } from './answers'
import { recallById, type RecallRecord } from './store'
import { countFitting, type Counted, type Target } from './store-matching'

/** What somebody wants to do: criteria for a recall, or the recall whose suspensions are to end. */
export interface Wanted {
  action: 'revoke' | 'suspend' | 'lift'
  criteria?: Partial<RecallCriteria> & { vaccine: string; batch: string }
  /** When the suspensions end by themselves. */
  until?: string | null
  /** Of a lift. */
  recallId?: string | null
}

/** Rows that one worker does in a second on two small cores, on the careful side (recalls.bench.ts). */
const ROWS_PER_SECOND = 800

/**
 * What a request is about, within what the caller acts for: whoever acts for one facility recalls its certificates and no
 * others. Refusals: VALIDATION_ERROR, NOT_YOUR_FACILITY, NOT_FOUND and RECALL_STATE (a recall that cannot be lifted).
 */
export async function targetOf(context: Context, db: Statements, caller: Caller, wanted: Wanted): Promise<Target> {
  if (wanted.action === 'lift') return liftTarget(context, db, caller, wanted)
  const { criteria } = wanted
  if (!criteria) throw invalid('/criteria', 'criteria is missing.')
  const { vaccine, batch, manufacturer = null, from = null, to = null } = criteria
  if (from !== null && to !== null && from > to) throw invalid('/criteria/to', 'to must not lie before from.')
  const until = untilOf(context, wanted)
  const facilityCode = criteria.facilityCode ?? onlyFacility(caller)
  if (facilityCode === null && caller.facilities !== null) {
    throw invalid('/criteria/facilityCode', 'Name the facility: a recall is for one of them, or for all there are.')
  }
  if (!reachesFacility(caller, facilityCode)) {
    throw new Refusal('NOT_YOUR_FACILITY', 'You can recall certificates of your own facility.')
  }
  return {
    action: wanted.action,
    criteria: { vaccine, batch, manufacturer, facilityCode, from, to },
    facilityCode,
    until,
    ofRecallId: null,
    timeZone: context.settings.issuer.timeZone,
    at: context.now(),
  }
}

function untilOf(context: Context, { action, until }: Wanted): Date | null {
  if (!until) return null
  if (action !== 'suspend') throw invalid('/until', 'until belongs to a suspension.')
  if (new Date(until) <= context.now()) throw invalid('/until', 'until must lie in the future.')
  return new Date(until)
}

async function liftTarget(context: Context, db: Statements, caller: Caller, { recallId }: Wanted): Promise<Target> {
  const recall = await ownRecall(context, db, caller, recallId ?? '')
  if (recall.action !== 'suspend' || (recall.state !== 'done' && recall.state !== 'stopped')) {
    throw new Refusal('RECALL_STATE', 'Only suspensions can be lifted, of a recall that is done or stopped.')
  }
  const { criteria, facilityCode, id } = recall
  const { timeZone } = context.settings.issuer
  return { action: 'lift', criteria, facilityCode, until: null, ofRecallId: id, timeZone, at: context.now() }
}

/** What a kept recall is about now. */
export function keptTarget(context: Context, recall: RecallRecord): Target {
  const { action, criteria, facilityCode, until, ofRecallId } = recall
  const { timeZone } = context.settings.issuer
  return { action, criteria, facilityCode, until, ofRecallId, timeZone, at: context.now() }
}

/** A recall that the caller may see: of the own facility, or any for those who act for all. Refusals: NOT_FOUND, NOT_YOUR_FACILITY. */
export async function ownRecall(context: Context, db: Statements, caller: Caller, id: string): Promise<RecallRecord> {
  const recall = isUuid(id) ? await recallById(db, id, context.now()) : null
  if (!recall) throw new Refusal('NOT_FOUND', 'There is no such recall.')
  if (!reachesFacility(caller, recall.facilityCode)) {
    throw new Refusal('NOT_YOUR_FACILITY', 'This recall is about certificates of another facility.')
  }
  return recall
}

/** How many certificates it is about at this moment. */
export async function countsOf(db: Statements, target: Target): Promise<RecallCounts> {
  return countsIn(await countFitting(db, target))
}

/** The same, of what was read already. */
export function countsIn({ first: _rows, elsewhere: _others, ...found }: Counted): RecallCounts {
  const { replaced, revoked, leftSuspended, leftValid, ...counted } = found
  return {
    ...counted,
    untouched: { replaced, revoked, suspended: leftSuspended, valid: leftValid },
    seconds: Math.ceil(counted.covered / ROWS_PER_SECOND),
  }
}

function invalid(path: string, message: string): Refusal {
  const detail: RefusalDetail = { index: 0, path, code: 'VALIDATION_ERROR', message }
  return new Refusal('VALIDATION_ERROR', message, [detail])
}
