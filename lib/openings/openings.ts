/** Break-glass: another facility's record opened for a while with a reason, and the owner's supervisor told. */
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { notYours } from '@/lib/certificates/reach'
import { inTurn } from '@/lib/certificates/writing'
import { countLookUp } from '@/lib/desk/look-ups'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { OpeningReason, OpeningToReview, OpeningView, Verdict } from './answers'
import { endOf, isActive, recordsToDecide, recordsToOpen, requireNote } from './rules'
import {
  activeOpening,
  countToReview,
  endAllOf,
  endNow,
  insertOpening,
  lockOpener,
  lockOpening,
  lockOperator,
  looksDuring,
  openingById,
  openingsOf,
  openingsToReview,
  recordsNamed,
  recordsReached,
  timesOpened,
  writeAudits,
  writeVerdict,
  type OpeningRow,
} from './store'

const DAY = 24 * 60 * 60_000
/** How long what was decided stays on a supervisor's list. */
const REVIEWED_DAYS = 7

/**
 * Opens records for one person, to be read. The same person's opening of the same records that is still active is answered
 * instead of a second one; what was open before and is opened anew counts as another look-up. Refusals: NOT_FOUND,
 * VALIDATION_ERROR, NOT_ALLOWED (after an objection), TOO_MANY_LOOK_UPS.
 */
export async function openRecord(
  context: Context,
  caller: Caller,
  asked: { preEnrollmentCode?: string; certificateId?: string; reason: OpeningReason; note: string },
): Promise<OpeningView> {
  requireNote(asked)
  const now = context.now()
  const id = await inTurn(context.db, context.settings.database.poolSize, async (db) => {
    await lockOperator(db, caller.id)
    const records = recordsToOpen(await recordsNamed(db, caller, asked), now)
    const lineageIds = records.map(({ lineageId }) => lineageId)
    const before = await activeOpening(db, caller.id, lineageIds, now)
    if (before !== null) return before
    const times = await timesOpened(db, caller.id, lineageIds, new Date(now.getTime() - DAY))
    if (times > 0) await countLookUp(context, caller, { code: `${lineageIds[0]} opened ${times}` })
    const { reason, note } = asked
    const opening = {
      id: context.uuid(),
      reason,
      note,
      openedAt: now,
      until: endOf(now, context.settings.openings.minutes),
    }
    await insertOpening(db, caller.id, opening, lineageIds)
    await writeAudits(db, caller, now, {
      action: 'record.opened',
      lineageIds,
      detail: { openingId: opening.id, reason, until: opening.until.toISOString() },
    })
    return opening.id
  })
  return viewOf((await openingById(context.db, id))!, now)
}

/** The caller's openings that are active or ended within a day. */
export async function ownOpenings(context: Context, caller: Caller): Promise<{ openings: OpeningView[] }> {
  const now = context.now()
  const rows = await openingsOf(context.db, caller.id, new Date(now.getTime() - DAY))
  return { openings: rows.map((row) => viewOf(row, now)) }
}

/** Ends an own opening at once; one that is over stays as it is. Refusal NOT_FOUND, also for those of others. */
export async function endOpening(context: Context, caller: Caller, id: string): Promise<OpeningView> {
  const now = context.now()
  await context.db.$transaction(async (db) => {
    const opening = isUuid(id) ? await lockOpening(db, id) : null
    if (opening?.operatorId !== caller.id) throw unknown()
    if (!isActive(opening, now)) return
    await endNow(db, id, now)
    const { records } = (await openingById(db, id))!
    await writeAudits(db, caller, now, {
      action: 'opening.ended',
      lineageIds: records.map(({ lineageId }) => lineageId),
      detail: { openingId: opening.id },
    })
  })
  return viewOf((await openingById(context.db, id))!, now)
}

/** What others opened of the records that the caller reaches: first what waits for a word. */
export async function reviewOpenings(context: Context, caller: Caller): Promise<{ openings: OpeningToReview[] }> {
  const now = context.now()
  const rows = await openingsToReview(context.db, caller, new Date(now.getTime() - REVIEWED_DAYS * DAY))
  return { openings: await reviewsOf(context, rows, now) }
}

/** How many openings wait for the caller's word. */
export function openingsWaiting(context: Context, caller: Caller): Promise<number> {
  return countToReview(context.db, caller)
}

/**
 * A supervisor's word on what somebody opened, for the records within the own reach. An objection ends at once all that this
 * person has open of them. Refusals: NOT_FOUND, NOT_YOUR_FACILITY, SECOND_PERSON_NEEDED, OPENING_DECIDED.
 */
export async function decideOpening(
  context: Context,
  caller: Caller,
  id: string,
  { verdict, answer }: { verdict: Verdict; answer: string },
): Promise<OpeningToReview> {
  const now = context.now()
  if (!isUuid(id)) throw unknown()
  await inTurn(context.db, context.settings.database.poolSize, async (db) => {
    // Nothing more is opened while an objection is written.
    await lockOpener(db, id)
    const opening = await lockOpening(db, id)
    if (!opening) throw unknown()
    const records = await recordsReached(db, caller, id)
    if (records.length === 0) throw notYours()
    const { operatorId } = opening
    const lineageIds = recordsToDecide(caller, { operatorId, records }, verdict).map(({ lineageId }) => lineageId)
    if (lineageIds.length === 0) return
    await writeVerdict(db, id, lineageIds, { verdict, answer, at: now, by: caller })
    const ended = verdict === 'objected' ? await endAllOf(db, operatorId, lineageIds, now) : []
    await writeAudits(db, caller, now, {
      action: `opening.${verdict}`,
      lineageIds,
      detail: {
        openingId: opening.id,
        operatorId,
        ...(verdict === 'objected' ? { ended } : {}),
      },
    })
  })
  const row = (await openingById(context.db, id))!
  const reached = new Set((await recordsReached(context.db, caller, id)).map(({ lineageId }) => lineageId))
  const records = row.records.filter(({ lineageId }) => reached.has(lineageId))
  const [review] = await reviewsOf(context, [{ ...row, records }], now)
  return review!
}

function viewOf({ id, reason, note, openedAt, until, endedAt, records }: OpeningRow, now: Date): OpeningView {
  return {
    openingId: id,
    reason,
    note,
    openedAt: openedAt.toISOString(),
    until: until.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    active: isActive({ until, endedAt }, now),
    records: records.map(({ facilityCode, facilityName, lineageId: _l, decidedByName: _d, ...record }) => ({
      ...record,
      facility: { code: facilityCode, name: facilityName },
    })),
  }
}

async function reviewsOf({ db }: Context, rows: OpeningRow[], now: Date): Promise<OpeningToReview[]> {
  const lasting = rows.map(({ id, operatorId, openedAt, endedAt, until, records }) => ({
    ...{ id, operatorId, openedAt },
    until: endedAt ?? (until < now ? until : now),
    lineageIds: records.map(({ lineageId }) => lineageId),
  }))
  const looked = await looksDuring(db, lasting)
  return rows.map((row) => ({
    ...viewOf(row, now),
    by: { id: row.operatorId, name: row.operatorName, facility: row.operatorFacility },
    looked: looked
      .filter(({ openingId }) => openingId === row.id)
      .map(({ at, action, certificateId }) => ({
        at: at.toISOString(),
        what: action.replace('record.', '') as OpeningToReview['looked'][number]['what'],
        certificateId,
      })),
    decidedBy: row.records.find(({ decidedByName }) => decidedByName !== null)?.decidedByName ?? null,
  }))
}

function unknown(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such opening.')
}
