/** The use cases that end the validity of a certificate, for good or for a time, and give it back. */
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { writeEvents } from '@/lib/queue/outbox'
import type { StatusChange, StatusReason } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import { failedEvents, statusEvents } from './events'
import { noteFailed, type Failed } from './failing'
import { oncePerKey, type Keyed } from './once-per-key'
import { requireReach } from './reach'
import { planLift, planRevoke, planSuspend, type StatusPlan } from './rules'
import {
  endedSuspensions,
  endWaiting,
  lockStandings,
  reissuedAs,
  writeStatuses,
  writeSuspensionsOver,
  type StandingRow,
  type StatusToWrite,
} from './store-change-status'
import { tellOfStatuses, tellOfTransactions } from './store-webhook-events'
import { tellVcClients } from './vc-events'
import { statusReasonOf } from './views'
import { inTurn } from './writing'

export interface ChangeToMake {
  certificateId: string
  action: 'revoke' | 'suspend' | 'lift'
  reason: StatusReason
  /** When a suspension ends by itself; null or absent = when it is lifted. */
  until?: Date | null
}

const UNKEYED: Keyed = { method: '', path: '' }

/**
 * Revokes, suspends or lifts the suspension of one certificate: of the newest of its lineage alone, which the number of one
 * that was only issued anew since then stands for, too; the answer names the one that was changed. Refusals: NOT_FOUND,
 * NOT_YOUR_FACILITY, STALE_VERSION (it was corrected), CERTIFICATE_REVOKED, NOT_SUSPENDED, VALIDATION_ERROR.
 */
export async function changeStatus(
  context: Context,
  caller: Caller,
  change: ChangeToMake,
  keyed: Keyed = UNKEYED,
): Promise<StatusChange> {
  let ended: Failed[] = []
  const changed = await inTurn(context.db, context.settings.database.poolSize, (db) =>
    oncePerKey(db, caller, change, keyed, async () => {
      const made = await changeStatusIn(db, context, caller, [change])
      ended = made.ended
      return made.changes[0]!
    }),
  )
  noteFailed(ended)
  nudgeWorkers(context.db)
  return changed
}

/**
 * The same for several certificates in the caller's transaction, all or none: the first refusal is thrown. The answers
 * stand in the order of the changes. After the commit the caller nudges the workers, and `noteFailed` is due for the
 * requests that ended with their certificates.
 */
export async function changeStatusIn(
  db: Statements,
  context: Context,
  caller: Caller,
  changes: readonly ChangeToMake[],
): Promise<{ changes: StatusChange[]; ended: Failed[] }> {
  const now = context.now()
  const ids = changes.map((change) => change.certificateId)
  const standing = await standingsOf(db, ids, caller.sandbox, now)
  const planned = changes.map((change) => {
    const row = standing(change.certificateId)
    if (!row) throw new Refusal('NOT_FOUND', 'There is no certificate with this number.')
    requireReach(caller, row)
    return { change, row, plan: planOf(change, row, now) }
  })
  const made = planned.flatMap(({ change, row, plan }) =>
    plan.kind === 'change' ? [{ row, status: statusToWrite(change, row, plan.state) }] : [],
  )
  const ended = await write(
    db,
    context,
    caller,
    made.map(({ status }) => status),
  )
  const told = ended.map((one) => one.transactionId)
  await tellOfTransactions(db, told, now)
  await tellVcClients(context, db, told)
  await tellOfStatuses(
    db,
    made.map(({ status }) => status),
    now,
  )
  if (!caller.sandbox) {
    const { requestId, traceparent } = caller
    await writeEvents(db, [
      ...ended.flatMap((one) => failedEvents(context, one, `${one.failureCode}: ${one.failureMessage}`)),
      ...made.flatMap(({ row, status }) => statusEvents(context, { ...row, requestId, traceparent }, status)),
    ])
  }
  const answers = planned.map(({ change, row, plan }): StatusChange => {
    const status = plan.kind === 'change' ? statusToWrite(change, row, plan.state) : null
    return {
      certificateId: row.certificateId,
      status: status ? 'changed' : 'unchanged',
      state: (status ?? row).state as StatusChange['state'],
      since: (status ? sinceAfter(row, status, now) : row.since).toISOString(),
      until: (status ?? row).until?.toISOString() ?? null,
      reason: statusReasonOf(status ? status.reason : row.reason),
      endedTransactions: ended.filter((one) => one.lineageId === row.lineageId).map((one) => one.transactionId),
    }
  })
  return {
    changes: answers,
    ended: ended.map(({ transactionId, requestId, failureCode: code }) => ({ transactionId, requestId, code })),
  }
}

/** Locks them and answers where each stands, one that was issued anew as what stands in its place. */
async function standingsOf(db: Statements, ids: string[], sandbox: boolean, now: Date) {
  const own = await lockStandings(db, ids, sandbox, now)
  const replaced = own.flatMap(({ certificateId, state }) => (state === 'superseded' ? [certificateId] : []))
  const anew = await reissuedAs(db, replaced)
  const rows = anew.size === 0 ? own : [...own, ...(await lockStandings(db, [...anew.values()], sandbox, now))]
  const byNumber = new Map(rows.map((row) => [row.certificateId, row]))
  return (id: string) => byNumber.get(anew.get(id) ?? id)
}

/** Notes the end of up to so many suspensions that ended by themselves. Every read knows it already. Returns how many. */
export async function noteEndedSuspensions(context: Context, limit = 100): Promise<number> {
  const now = context.now()
  const waiting = await endedSuspensions(context.db, now, limit)
  if (waiting.length === 0) return 0
  let noted = 0
  for (const sandbox of [false, true]) {
    const ids = waiting.filter((one) => one.sandbox === sandbox).map((one) => one.certificateId)
    if (ids.length === 0) continue
    noted += await inTurn(context.db, context.settings.database.poolSize, async (db) => {
      await lockStandings(db, ids, sandbox, now)
      const over = await writeSuspensionsOver(db, ids, now)
      await tellOfStatuses(
        db,
        over.map((certificateId) => ({ certificateId, state: 'current', until: null })),
        now,
      )
      return over.length
    })
  }
  return noted
}

function planOf({ action, reason, until = null }: ChangeToMake, row: StandingRow, now: Date): StatusPlan {
  if (action === 'suspend') return planSuspend(row, reason, until, now)
  return action === 'revoke' ? planRevoke(row, reason) : planLift(row)
}

function statusToWrite({ reason, until = null }: ChangeToMake, row: StandingRow, state: StatusToWrite['state']) {
  const { certificateId, lineageId, overSince } = row
  return { certificateId, lineageId, state, until: state === 'suspended' ? until : null, reason, overSince }
}

/** A suspension whose end or reason is changed goes on. */
function sinceAfter(row: StandingRow, { state }: StatusToWrite, now: Date): Date {
  return state === row.state ? row.since : now
}

async function write(db: Statements, { now }: Context, caller: Caller, statuses: StatusToWrite[]) {
  if (statuses.length === 0) return []
  await writeStatuses(db, statuses, caller, now())
  const stopped = statuses.flatMap(({ lineageId, state }) => {
    if (state === 'current') return []
    const code = state === 'revoked' ? 'CERTIFICATE_REVOKED' : 'CERTIFICATE_SUSPENDED'
    return [{ lineageId, code, message: `The certificate was ${state} before this update was issued.` }]
  })
  return stopped.length === 0 ? [] : endWaiting(db, stopped, now())
}
