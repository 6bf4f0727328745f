/** One correction for all certificates of a session that share a mistake: proposed by one person, approved by another. */
import { notSecondPerson } from '@/lib/approvals/access'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { isDate } from '@/lib/certificates/dates'
import type { Reason } from '@/lib/certificates/record'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { visibleRun } from './access'
import type { BulkRun } from './answers'
import { columnsOf, EMPTIED, meant, NUMBER } from './columns'
import { askedBy, runAnswer } from './read'
import { sessionOf, sharedFields, sharedValue } from './session'
import {
  insertRows,
  insertRun,
  lockRun,
  lockSession,
  sameProposed,
  writeCancelled,
  writeDecided,
  writeStarted,
  type CountedRun,
} from './store'
import { sameCertificates } from './store-session'
import { MOST_ROWS } from './upload'

const DAYS_TO_APPROVE = 7
const DAY = 24 * 60 * 60 * 1000

export interface Wanted {
  attempt: string
  certificateId: string
  path: string
  /** What stands there now, as it was shown. */
  from: string
  to: string
  reason: Reason
}

/**
 * Keeps which certificates say the same and what is to stand there; a second person has 7 days. Sent again, the same proposal
 * is answered. Refusals: those of `sessionOf`, VALIDATION_ERROR, STALE_VERSION (the certificate says something else by now),
 * BULK_STATE (proposed already).
 */
export async function propose(context: Context, caller: Caller, wanted: Wanted): Promise<BulkRun> {
  const { path, to, reason } = wanted
  const id = wanted.attempt.toLowerCase()
  const answer = await context.db.$transaction(async (db) => {
    const { session, type, certificateId, record } = await sessionOf(context, db, caller, wanted.certificateId)
    const field = sharedFields(type).find((one) => one.path === path)
    const column = columnsOf(type).find((one) => one.field.path === path)
    if (!field || !column) throw invalid('/path', 'This field is of the person alone, or cannot be corrected.')
    const from = sharedValue(field, record, session.timeZone)
    if (from !== wanted.from)
      throw new Refusal('STALE_VERSION', 'This certificate was corrected meanwhile. Look at it again.')
    if (to === from) throw invalid('/to', 'This stands there already.')
    if (meant(to) !== to.trim() || to.trim().toLowerCase() === EMPTIED)
      throw invalid('/to', 'In a cell this would mean something else: write the value alone.')
    const isDay = field.kind === 'instant' || field.kind === 'date'
    if (isDay && !isDate(to)) throw invalid('/to', 'to must be a day since 1900 written YYYY-MM-DD.')
    const at = context.now()
    const proposal = {
      certificateId,
      path,
      label: field.label,
      from,
      to,
      facilityCode: session.facilityCode,
      day: session.day,
    }
    await lockSession(db, proposal)
    const other = await sameProposed(db, proposal, at)
    if (other !== null && other !== id)
      throw new Refusal('BULK_STATE', 'Somebody proposed a correction of this already: see Bulk.')
    const facts = {
      id,
      kind: 'update',
      origin: 'proposal',
      type: type.name,
      form: 'certifyV3',
      state: 'checking',
    } as const
    const more = {
      reason,
      proposal,
      facilityCode: session.facilityCode,
      expiresAt: new Date(at.getTime() + DAYS_TO_APPROVE * DAY),
    }
    const isNew = await insertRun(db, { ...facts, ...more, filename: '', columns: [NUMBER, column.head] }, caller, at)
    if (isNew) {
      const numbers = await sameCertificates(
        db,
        session,
        { path, value: from, isInstant: field.kind === 'instant' },
        MOST_ROWS,
      )
      const rows = numbers.map((number, n) => ({
        row: n + 1,
        cells: { [NUMBER]: number, [column.head]: to },
        problems: [],
      }))
      await insertRows(db, id, rows, 'unchecked', at)
      const detail = { runId: id, path, facilityCode: session.facilityCode, day: session.day, rows: rows.length }
      await writeAudit(db, caller, at, { action: 'bulk.proposed', detail })
    }
    return runAnswer(context, db, caller, await ownRun(context, db, caller, id))
  })
  nudgeWorkers(context.db)
  return answer
}

async function ownRun(context: Context, db: Statements, caller: Caller, id: string): Promise<CountedRun> {
  const run = await visibleRun(context, db, caller, id)
  if (run.byId !== caller.id) throw invalid('/attempt', 'attempt must be a new random UUID.')
  return run
}

/**
 * The second person says yes: the workers begin. The same person's same approval again finds it begun. Refusals: those of
 * `visibleRun`, BULK_STATE, SECOND_PERSON_NEEDED.
 */
export function approveRun(context: Context, caller: Caller, runId: string): Promise<BulkRun> {
  return deciding(context, caller, runId, async (db, run) => {
    if (run.startedAt !== null && run.decidedById === caller.id) return null
    requireProposed(run)
    const refusal = await notSecondPerson(context, db, caller, askedBy(run))
    if (refusal) throw refusal
    if (!has(caller, 'supervisor')) throw new Refusal('SECOND_PERSON_NEEDED', 'A supervisor has to approve this.')
    await writeDecided(db, run.id, caller, '', context.now())
    await writeStarted(db, run.id, context.now())
    return 'bulk.approved'
  })
}

/** Withdraws the own proposal, or declines somebody else's. Refusals: those of `visibleRun`, NOT_ALLOWED, BULK_STATE. */
export function cancelRun(
  context: Context,
  caller: Caller,
  runId: string,
  { note }: { note: string },
): Promise<BulkRun> {
  return deciding(context, caller, runId, async (db, run) => {
    const outcome = run.byId === caller.id ? 'withdrawn' : 'declined'
    if (outcome === 'declined' && !has(caller, 'supervisor')) {
      throw new Refusal('NOT_ALLOWED', 'Only a supervisor declines what somebody else proposed.')
    }
    if (run.state === 'cancelled' && run.outcome === outcome && run.decidedById === caller.id) return null
    requireProposed(run)
    await writeDecided(db, run.id, caller, note, context.now())
    await writeCancelled(db, run.id, outcome, context.now())
    return `bulk.${outcome}`
  })
}

async function deciding(
  context: Context,
  caller: Caller,
  runId: string,
  work: (db: Statements, run: CountedRun) => Promise<string | null>,
): Promise<BulkRun> {
  const answer = await context.db.$transaction(async (db) => {
    const { id } = await visibleRun(context, db, caller, runId)
    await lockRun(db, id)
    const run = await visibleRun(context, db, caller, id)
    const action = await work(db, run)
    const detail = { runId: id, requestedBy: run.byId, rows: run.ready }
    if (action) await writeAudit(db, caller, context.now(), { action, detail })
    return runAnswer(context, db, caller, await visibleRun(context, db, caller, id))
  })
  nudgeWorkers(context.db)
  return answer
}

function requireProposed({ state, proposal, startedAt, outcome }: CountedRun): void {
  const waits = proposal !== null && startedAt === null && (state === 'proposed' || state === 'checking')
  if (waits && state === 'proposed') return
  if (waits) throw new Refusal('BULK_STATE', 'It is still being checked. Try again in a moment.')
  throw new Refusal('BULK_STATE', outcome === null ? 'It was approved already.' : SENTENCES[outcome])
}

const SENTENCES: Record<NonNullable<CountedRun['outcome']>, string> = {
  discarded: 'It was discarded.',
  declined: 'It was declined.',
  withdrawn: 'It was withdrawn.',
  expired: 'Nobody approved it in time. Propose it again.',
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_ERROR', message, [{ index: 0, path, code: 'VALIDATION_ERROR', message }])
}
