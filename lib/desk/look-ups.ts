/** How many different records somebody may ask for in an hour and in a day: bulk look-ups are noticed and stopped. */
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { notYours, reachesFacility } from '@/lib/certificates/reach'
import { Refusal } from '@/lib/errors'
import type { LookUpStop } from '@/lib/openings/answers'
import { isUuid } from '@/lib/uuid'
import { countAsked, liftStop, stopById, stopsSince, writeStop, type Span, type StopRow } from './store-look-ups'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const LENGTH = { hour: HOUR, day: DAY } as const
/** Records that a process remembers for each hour: asking for the same again asks no database. */
const MOST_REMEMBERED = 100_000

/** What is asked for beyond so many budgets is not even counted any more. */
const MOST_BUDGETS = 10

/** What somebody asks for, in the own words: a certificate's number belongs to the same record as its code. */
export type Subject = { code: string } | { certificateId: string }

/**
 * Counts a look-up, whether anything is there or not. The same record again is no other look-up: who works on one is not
 * kept from it. Refusal TOO_MANY_LOOK_UPS, with the seconds until the next hour or day; the first one is told to those who
 * may lift it, and is in the audit.
 */
export async function countLookUp(context: Context, caller: Caller, subject: Subject): Promise<void> {
  if (caller.sandbox || caller.kind === 'system') return
  const budgets = context.settings.lookUps[caller.kind === 'operator' ? 'person' : 'client']
  if (budgets.hour === 0 && budgets.day === 0) return
  const now = context.now()
  const actor = `${caller.kind}:${caller.id}`
  const seen = seenIn(context, now.getTime() - (now.getTime() % HOUR))
  const name = `${actor}\n${JSON.stringify(subject)}`
  if (seen.has(name)) return
  const spans = (['day', 'hour'] as const).map((span) => ({ span, since: startOf(span, now) }))
  const counted = await countAsked(
    context.db,
    actor,
    subject,
    spans,
    MOST_BUDGETS * Math.max(budgets.hour, budgets.day),
  )
  for (const { span, since } of spans) {
    const n = counted.get(span)
    const budget = budgets[span]
    if (budget === 0 || (n !== undefined && n <= budget)) continue
    await refuseBeyond(context, caller, { span, since, n: n ?? Infinity, budget })
  }
  if (seen.size >= MOST_REMEMBERED) seen.clear()
  seen.add(name)
}

/** Stopped look-ups that the caller may lift, of a week: first those that stop somebody now. */
export async function listStops(context: Context, caller: Caller): Promise<{ stops: LookUpStop[] }> {
  const now = context.now()
  const reach = has(caller, 'administrator') ? { facilities: null } : caller
  const rows = await stopsSince(context.db, reach, new Date(now.getTime() - 7 * DAY), now)
  return { stops: rows.map(viewOf) }
}

/** How many of them stop somebody now. */
export async function stopsWaiting(context: Context, caller: Caller): Promise<number> {
  const now = context.now().getTime()
  const { stops } = await listStops(context, caller)
  return stops.filter(({ lifted, until }) => lifted === null && now < Date.parse(until)).length
}

/**
 * Lets somebody ask for as many again in the same hour or day. Lifted already: nothing more happens. Refusals: NOT_FOUND,
 * NOT_YOUR_FACILITY, SECOND_PERSON_NEEDED.
 */
export async function lift(
  context: Context,
  caller: Caller,
  stopId: string,
  { reason }: { reason: string },
): Promise<LookUpStop> {
  const row = isUuid(stopId) ? await stopById(context.db, stopId) : null
  if (!row) throw new Refusal('NOT_FOUND', 'There is no such entry.')
  if (!mayLift(caller, row)) throw notYours()
  if (row.actorKind === caller.kind && row.actorId === caller.id) {
    throw new Refusal('SECOND_PERSON_NEEDED', 'Somebody else has to let you go on.')
  }
  await liftStop(context.db, caller, stopId, reason, context.now())
  return viewOf((await stopById(context.db, stopId))!)
}

async function refuseBeyond(
  context: Context,
  caller: Caller,
  { span, since, n, budget }: { span: Span; since: Date; n: number; budget: number },
): Promise<void> {
  const at = context.now()
  const lifted = await writeStop(context.db, caller, { id: context.uuid(), span, since, budget, n, at })
  if (lifted >= n) return
  const seconds = Math.max(1, Math.ceil((since.getTime() + LENGTH[span] - at.getTime()) / 1000))
  const whom = caller.kind === 'operator' ? 'Your supervisor' : 'An administrator'
  throw new Refusal(
    'TOO_MANY_LOOK_UPS',
    `Too many different records were asked for in one ${span}. ${whom} was told and can let you go on.`,
    [],
    seconds,
  )
}

/** Supervisors for the people and systems of the facilities they reach, administrators for all. */
function mayLift(caller: Caller, { facilityCode }: StopRow): boolean {
  return has(caller, 'administrator') || (has(caller, 'supervisor') && reachesFacility(caller, facilityCode))
}

function viewOf(row: StopRow): LookUpStop {
  const { liftedAt, liftedByName, reason } = row
  return {
    stopId: row.id,
    who: { kind: row.actorKind, id: row.actorId, name: row.actorName, facility: row.facilityName },
    span: row.span,
    budget: row.budget,
    stoppedAt: row.stoppedAt.toISOString(),
    until: new Date(row.since.getTime() + LENGTH[row.span]).toISOString(),
    lifted: liftedAt && { at: liftedAt.toISOString(), by: liftedByName ?? '', reason: reason ?? '' },
  }
}

/** Hours and days of UTC. */
function startOf(span: Span, now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % LENGTH[span]))
}

const remembered = new WeakMap<object, { hour: number; seen: Set<string> }>()

/** What was counted and allowed within this hour, by this process. */
function seenIn({ db }: Context, hour: number): Set<string> {
  let kept = remembered.get(db)
  if (kept?.hour !== hour) {
    kept = { hour, seen: new Set() }
    remembered.set(db, kept)
  }
  return kept.seen
}
