/** The queue as somebody may see it: what waits and for how long, what is held up, what failed, how much is issued. */
import { typeInForce, typeNames } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { publishes } from '@/lib/certificates/events'
import { reaches } from '@/lib/certificates/reach'
import { Refusal } from '@/lib/errors'
import { isUuid } from '@/lib/uuid'
import type { QueueAnswer, QueueItem, QueueKind, QueueState } from './answers'
import { standing } from './store-gauges'
import { relayState, workersAlive } from './store-installation'
import {
  failedCounts,
  heldReasons,
  MOST_COUNTED,
  pendingCounts,
  queuePage,
  type PendingCounts,
  type QueueFilter,
  type QueuePlace,
  type QueueRow,
  type Whose,
} from './store-queue'
import { facilityNames, issuedByHour, type IssuedInHour } from './store-tally'

const PAGE = 25
const HOURS = 24
const HOUR = 60 * 60 * 1000
/** Failures of so many days are shown: older ones nobody waits for any more. */
const FAILED_DAYS = 30
const MOST_FACILITIES = 20

export interface QueueQuery {
  state: QueueState
  facilityCode?: string
  type?: string
  kind?: QueueKind
  reason?: string
  after?: string
}

/** Whose queue it is: an administrator looks after all of it, whatever else the person reaches. */
export function queueOf(caller: Caller): Whose {
  return has(caller, 'administrator') ? { facilities: null, programs: null } : caller
}

/** The figures. */
export async function readQueue(context: Context, caller: Caller): Promise<QueueAnswer> {
  const { db } = context
  const now = context.now()
  const whose = queueOf(caller)
  const since = failedSince(now)
  const thisHour = new Date(Math.floor(now.getTime() / HOUR) * HOUR)
  const from = new Date(thisHour.getTime() - (HOURS - 1) * HOUR)
  const [pending, failed, reasons, issued, workers, installation] = await Promise.all([
    pendingCounts(db, whose),
    failedCounts(db, whose, since),
    heldReasons(db, whose),
    issuedByHour(db, whose, from),
    workersAlive(db),
    has(caller, 'administrator') ? installationOf(context) : null,
  ])
  const counted = sum(pending, ({ waiting, underWay, held, behind }) => waiting + underWay + held + behind)
  const facilities = await facilityLines(context, { pending, failed, issued, thisHour })
  return {
    at: now.toISOString(),
    everywhere: whose.facilities === null,
    partial: counted >= MOST_COUNTED,
    waiting: { count: sum(pending, ({ waiting }) => waiting), oldestAt: first(pending, ({ oldestAt }) => oldestAt) },
    underWay: { count: sum(pending, ({ underWay }) => underWay) },
    held: {
      count: sum(reasons, ({ count }) => count),
      oldestAt: first(reasons, ({ oldestAt }) => oldestAt),
      nextAt: first(pending, ({ nextAt }) => nextAt),
      behind: sum(pending, ({ behind }) => behind),
    },
    failed: { count: sum(failed, ({ count }) => count), since: since.toISOString() },
    reasons: [
      ...reasons.map((one) => ({ state: 'held' as const, ...one, oldestAt: one.oldestAt.toISOString() })),
      ...failedReasons(failed),
    ],
    hours: Array.from({ length: HOURS }, (_, n) => {
      const at = from.getTime() + n * HOUR
      const inIt = issued.filter(({ hour }) => hour.getTime() === at)
      return { from: new Date(at).toISOString(), issued: sum(inIt, (one) => one.issued) }
    }),
    facilities: facilities.slice(0, MOST_FACILITIES),
    moreFacilities: Math.max(0, facilities.length - MOST_FACILITIES),
    types: typeNames(context).map((name) => ({ name, title: typeInForce(context, name).title })),
    workers: { alive: workers.alive, seenAt: workers.seenAt?.toISOString() ?? null },
    installation,
  }
}

/** One page of a state. Refusal: VALIDATION_ERROR (after). */
export async function listQueue(
  context: Context,
  caller: Caller,
  { after, ...query }: QueueQuery,
): Promise<{ transactions: QueueItem[]; next: string | null }> {
  const filter: QueueFilter = { whose: queueOf(caller), since: failedSince(context.now()), ...query }
  const rows = await queuePage(context.db, filter, after === undefined ? null : placeOf(after), PAGE + 1)
  const page = rows.slice(0, PAGE)
  return {
    transactions: page.map((row) => itemOf(row, caller)),
    next: rows.length > PAGE ? cursorOf(page.at(-1)!) : null,
  }
}

export function failedSince(now: Date): Date {
  return new Date(now.getTime() - FAILED_DAYS * 24 * HOUR)
}

export function cursorOf({ at, id }: QueuePlace): string {
  return `${at.getTime()}.${id}`
}

/** Refusal: VALIDATION_ERROR. */
export function placeOf(cursor: string): QueuePlace {
  const [, at, id] = /^(\d{1,14})\.(.+)$/.exec(cursor) ?? []
  if (id === undefined || !isUuid(id))
    throw new Refusal('VALIDATION_ERROR', 'after must be the `next` of another page.')
  return { at: new Date(Number(at)), id }
}

/** Whether somebody deals with the record behind it: administrators as such do not. */
export function dealsWith(caller: Caller, owned: { facilityCode: string; programId: string }): boolean {
  return isOfRecords(caller) && reaches(caller, owned)
}

/** Whether somebody deals with records at all. */
export function isOfRecords(caller: Caller): boolean {
  return has(caller, 'operator') || has(caller, 'supervisor')
}

/** Whether somebody may ask for it again in the own name: certifying is a supervisor's. */
export function mayAskAgain(
  caller: Caller,
  transaction: { facilityCode: string; programId: string; kind: QueueKind },
): boolean {
  return dealsWith(caller, transaction) && (transaction.kind === 'update' || has(caller, 'supervisor'))
}

function itemOf(row: QueueRow, caller: Caller): QueueItem {
  const { state, facilityCode, facilityName, callerKind, callerName, leased } = row
  const deals = dealsWith(caller, row)
  const isHeld = state === 'held'
  return {
    transactionId: row.id,
    state,
    kind: row.kind,
    type: row.type,
    facility: { code: facilityCode, name: facilityName },
    acceptedAt: row.acceptedAt.toISOString(),
    by: { kind: callerKind, name: callerName },
    attempts: row.attempts,
    nextAttemptAt: isHeld && !leased ? row.nextAttemptAt.toISOString() : null,
    behind: row.behind,
    reason: row.reason,
    // It may name other certificates of the record.
    message: deals ? row.message : null,
    failedAt: row.failedAt?.toISOString() ?? null,
    record: deals ? { preEnrollmentCode: row.code, dose: row.dose, certificateId: row.certificateId } : null,
    may: {
      retry: isHeld ? deals || has(caller, 'administrator') : state === 'failed' && mayAskAgain(caller, row),
      giveUp: isHeld && has(caller, 'administrator'),
    },
  }
}

async function installationOf(context: Context): Promise<NonNullable<QueueAnswer['installation']>> {
  const [now, relay] = await Promise.all([
    standing(context.db, Object.keys(context.settings.kafka.topics)),
    publishes(context) ? relayState(context.db) : null,
  ])
  return {
    relay: relay && { ...relay, waiting: now.outboxLength, seconds: now.outboxAge },
    webhooks: { waiting: now.webhooksWaiting, seconds: now.webhookAge, stopped: now.webhooksStopped },
  }
}

type Failed = Awaited<ReturnType<typeof failedCounts>>

function failedReasons(failed: Failed): QueueAnswer['reasons'] {
  const all = [...new Set(failed.map(({ reason }) => reason))].map((reason) => {
    const of = failed.filter((one) => one.reason === reason)
    const oldestAt = first(of, (one) => one.oldestAt)!
    return { state: 'failed' as const, reason, count: sum(of, ({ count }) => count), oldestAt }
  })
  return all.toSorted((a, b) => b.count - a.count)
}

type Line = Omit<QueueAnswer['facilities'][number], 'facility'>

/** Where somebody has to look comes first. */
async function facilityLines(
  context: Context,
  found: { pending: PendingCounts[]; failed: Failed; issued: IssuedInHour[]; thisHour: Date },
): Promise<QueueAnswer['facilities']> {
  const lines = new Map<string, Line>()
  const lineOf = (code: string) => {
    const line = lines.get(code) ?? { issued: 0, thisHour: 0, waiting: 0, held: 0, failed: 0 }
    lines.set(code, line)
    return line
  }
  for (const { facilityCode, hour, issued } of found.issued) {
    const line = lineOf(facilityCode)
    line.issued += issued
    if (hour.getTime() === found.thisHour.getTime()) line.thisHour += issued
  }
  for (const { facilityCode, waiting, underWay, behind, held } of found.pending) {
    const line = lineOf(facilityCode)
    line.waiting += waiting + underWay + behind
    line.held += held
  }
  for (const { facilityCode, count } of found.failed) lineOf(facilityCode).failed += count
  const names = await facilityNames(context.db, [...lines.keys()])
  const isTrouble = ({ held, failed }: Line) => Number(held + failed > 0)
  return [...lines]
    .toSorted(([a, x], [b, y]) => isTrouble(y) - isTrouble(x) || y.issued - x.issued || a.localeCompare(b))
    .map(([code, line]) => ({ facility: { code, name: names.get(code) ?? code }, ...line }))
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

/** The earliest, as text; null when there is none. */
function first<T>(rows: readonly T[], of: (row: T) => Date | null): string | null {
  const times = rows.flatMap((row) => of(row)?.getTime() ?? [])
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString()
}
