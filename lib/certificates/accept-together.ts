/** Requests that come while others are being accepted share the next transaction: each keeps its own answer and its own refusals. */
import { type Statements, sqlStateOf } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeEvents } from '@/lib/queue/outbox'
import { Together } from '@/lib/together'
import {
  acceptedEvents,
  answerOf,
  planRead,
  wantedOf,
  writePlanned,
  type ReadArray,
  type ToWrite,
} from './accept-steps'
import type { AcceptOptions } from './accept'
import type { AcceptAnswer } from './answers'
import type { Context } from './context'
import { openMissing } from './opening'
import { askedOf, claimOf, earlierAnswer, type Claim } from './once-per-key'
import type { PlannedArray } from './plan-array'
import { lockFreeLineages, removeLineages } from './store'
import { claimKeys, freeKeys, keepAnswers } from './store-idempotency'
import { insertRequests } from './store-requests'
import { inTurn } from './writing'

/** What a request became. */
export interface Accepted {
  answer: AcceptAnswer
  /** null = an earlier request with the same key was answered, and nothing is written now. */
  written: PlannedArray | null
}

/** One request of a shared transaction. */
export interface Sharing extends ReadArray {
  options: AcceptOptions
}

/** Longer arrays are worth a transaction of their own, and would keep short ones waiting. */
const MOST_ITEMS = 20
/** Items of one transaction. */
const MOST_TOGETHER = 100

/** Whether a request does nothing in its transaction but accept: no trial, no second person, no holder, nothing alongside, no move. */
export function mayShare({ array: { dryRun }, items }: ReadArray, options: AcceptOptions): boolean {
  const { within, approved, takeConfirmation, alongside, message } = options
  const isPlain = !dryRun && !within && !approved && !takeConfirmation && !alongside && !message
  return isPlain && items.length <= MOST_ITEMS && items.every(({ correctedDose }) => correctedDose === null)
}

/**
 * Accepts a request in a transaction that it shares with others of its kind, type and world. `alone` accepts it in one of
 * its own: for what waits for a lineage that is locked, and for everybody where the shared one was taken back.
 */
export async function acceptTogether(sharing: Sharing, alone: () => Promise<Accepted>): Promise<Accepted> {
  const outcome = await togetherFor(sharing.array).join(sharing)
  if (outcome === 'alone') return alone()
  if ('thrown' in outcome) throw outcome.thrown
  return outcome
}

type Outcome = Accepted | { thrown: unknown } | 'alone'

const kept = new WeakMap<Context, Map<string, Together<Sharing, Outcome>>>()

function togetherFor({ context, kind, type, caller }: Sharing['array']): Together<Sharing, Outcome> {
  const of = kept.get(context) ?? new Map<string, Together<Sharing, Outcome>>()
  kept.set(context, of)
  const world = `${kind} ${type.name} ${type.version} ${caller.sandbox}`
  const known = of.get(world) ?? new Together((parts: Sharing[]) => inOneTransaction(context, parts), sharesWith)
  of.set(world, known)
  return known
}

/** Nobody shares with a request about the same code, or with the same key: those come one after the other. */
function sharesWith(part: Sharing, taken: Sharing[]): boolean {
  const items = taken.reduce((sum, one) => sum + one.items.length, part.items.length)
  if (items > MOST_TOGETHER) return false
  const codes = new Set(part.items.map(({ record }) => record.preEnrollmentCode))
  const key = part.options.idempotencyKey
  return !taken.some(
    (one) =>
      (key !== undefined && one.options.idempotencyKey === key) ||
      one.items.some(({ record }) => codes.has(record.preEnrollmentCode)),
  )
}

async function inOneTransaction(context: Context, parts: Sharing[]): Promise<Outcome[]> {
  let isDone = false
  try {
    return await inTurn(context.db, context.settings.database.poolSize, async (db) => {
      isDone = false
      const outcomes = await acceptAll(db, context, parts)
      isDone = true
      return outcomes
    })
  } catch (error) {
    if (parts.length === 1 || error instanceof Refusal) throw error
    // Lost while it was committed: nobody knows whether it was, and nobody may do it again without asking.
    if (isDone && !wasTakenBack(error)) throw error
    return parts.map(() => 'alone')
  }
}

/** The database itself said no; not the connection to it, nor its end. */
function wasTakenBack(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== undefined && !/^(08|57)/.test(state)
}

interface One {
  part: Sharing
  claim: Claim | null
  outcome?: Outcome
  planned?: PlannedArray
}

async function acceptAll(db: Statements, context: Context, parts: Sharing[]): Promise<Outcome[]> {
  const all: One[] = parts.map((part) => ({ part, claim: claimFor(part) }))
  await claim(db, all)
  const left = () => all.filter(({ outcome }) => outcome === undefined)
  const { kind, type, caller } = parts[0]!.array
  const opened =
    kind === 'certify'
      ? await openMissing(
          db,
          left().map(({ part }) => part),
        )
      : []
  const wanted = left().flatMap(({ part }) => wantedOf(part))
  const { lineages, busy } = await lockFreeLineages(db, type.name, wanted, caller.sandbox, context.now())
  for (const one of left()) {
    const codes = new Set(one.part.items.map(({ record }) => record.preEnrollmentCode))
    if (busy.some((code) => codes.has(code))) one.outcome = 'alone'
    else
      await plan(
        db,
        one,
        lineages.filter((lineage) => codes.has(lineage.preEnrollmentCode)),
      )
  }
  const written = all.flatMap(({ part, planned }): ToWrite[] => (planned ? [{ array: part.array, planned }] : []))
  await writePlanned(db, written)
  for (const { part, planned } of all) {
    const { caller: by, context: mine } = part.array
    if (planned) await insertRequests(db, planned.requests, by, mine.now(), part.options.note)
  }
  const used = new Set(written.flatMap(({ planned }) => [...planned.used]))
  const unused = opened.filter((id) => !used.has(id))
  if (unused.length > 0) await removeLineages(db, unused)
  await writeEvents(
    db,
    all.flatMap(({ part, planned }) => (planned ? acceptedEvents(part, planned, false) : [])),
  )
  for (const one of all) {
    if (one.planned) one.outcome = { answer: answerOf(one.part, one.planned), written: one.planned }
  }
  await settleKeys(db, all)
  return all.map(({ outcome }) => outcome!)
}

function claimFor({ array: { caller, ifMatch }, body, options }: Sharing): Claim | null {
  return claimOf(caller, askedOf(body, ifMatch), options)
}

/** What was done under a key already is answered with what was answered then. */
async function claim(db: Statements, all: One[]): Promise<void> {
  const keyed = all.flatMap((one) => (one.claim ? [{ one, claim: one.claim }] : []))
  if (keyed.length === 0) return
  const earlier = await claimKeys(
    db,
    keyed.map((each) => each.claim),
  )
  keyed.forEach(({ one, claim: mine }, at) => {
    const found = earlier[at]
    if (!found) return
    // Not ours to keep an answer under, or to free.
    one.claim = null
    one.outcome = caught(() => ({ answer: earlierAnswer<AcceptAnswer>(found, mine), written: null }))
  })
}

async function plan(db: Statements, one: One, lineages: Parameters<typeof planRead>[2]): Promise<void> {
  try {
    one.planned = await planRead(db, one.part, lineages)
  } catch (thrown) {
    // Anything but a refusal is looked at again where it can take nobody along.
    one.outcome = thrown instanceof Refusal ? { thrown } : 'alone'
  }
}

/** The answers are kept under their keys; the keys of what was not done here are free again. */
async function settleKeys(db: Statements, all: One[]): Promise<void> {
  const keyed = all.flatMap(({ claim: mine, outcome }) => (mine ? [{ claim: mine, outcome: outcome! }] : []))
  const done = keyed.flatMap(({ claim: mine, outcome }) =>
    typeof outcome === 'object' && 'answer' in outcome ? [{ ...mine, answer: outcome.answer }] : [],
  )
  const others = keyed.filter(({ outcome }) => typeof outcome === 'string' || 'thrown' in outcome)
  if (done.length > 0) await keepAnswers(db, done)
  if (others.length > 0)
    await freeKeys(
      db,
      others.map((one) => one.claim),
    )
}

function caught(answer: () => Accepted): Outcome {
  try {
    return answer()
  } catch (thrown) {
    return { thrown }
  }
}
