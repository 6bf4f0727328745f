/** Trying again: what is held up at once, what failed as a new request in the name of whoever asks. One, or all of a reason. */
import { publishedType } from '@/lib/certificate-types/live'
import { acceptCertify, acceptUpdates, type Within } from '@/lib/certificates/accept'
import { has, provenCaller, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { notYours, reaches } from '@/lib/certificates/reach'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { writeAudit } from '@/lib/people/store-writing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { isUuid } from '@/lib/uuid'
import type { QueueKind, QueueRetried, Retried } from './answers'
import { againItem } from './again'
import { cursorOf, dealsWith, failedSince, isOfRecords, mayAskAgain, placeOf, queueOf } from './queue'
import { queuePage, tryNow, tryOneNow, type QueueFilter } from './store-queue'
import { failedWith, transactionById, type OneTransaction } from './store-transaction'

/** Held up ones of one call: they are changed in one statement. */
const HELD_AT_ONCE = 20_000
/** Failed ones of one call: each is accepted for itself, in some hundredths of a second. */
const FAILED_AT_ONCE = 25

/**
 * Of one that is held up: a worker takes it next. Of one that failed: the same request again, as if the caller had made it
 * now, with the updates that failed because it did; every rule is asked anew. Refusals: NOT_FOUND, NOT_YOUR_FACILITY,
 * NOT_ALLOWED, QUEUE_STATE, those of a certify or an update.
 */
export async function retryTransaction(context: Context, caller: Caller, id: string): Promise<Retried> {
  const transaction = await reached(context.db, caller, id)
  if (transaction.held !== null) {
    await context.db.$transaction(async (db) => {
      await tryOneNow(db, transaction.id)
      await writeRetried(context, db, caller, transaction, {})
    })
    nudgeWorkers(context.db)
    return { transactionId: transaction.id, outcome: 'tried_now' }
  }
  return askAgain(context, caller, transaction)
}

export interface Chosen {
  state: 'held' | 'failed'
  reason: string
  facilityCode?: string
  type?: string
  kind?: QueueKind
  after: string | null
}

/**
 * All of one reason that the caller may try again, a part at each call: the answer's `next` says where it goes on. What was
 * done stays done, whoever stops in between. Refusals: VALIDATION_ERROR (after), NOT_ALLOWED.
 */
export async function retryQueue(context: Context, caller: Caller, chosen: Chosen): Promise<QueueRetried> {
  const { after, ...more } = chosen
  const filter = { since: failedSince(context.now()), ...more }
  if (chosen.state === 'held') return retryHeld(context, caller, { ...filter, whose: queueOf(caller) })
  if (!isOfRecords(caller)) throw new Refusal('NOT_ALLOWED', OF_ITS_FACILITY)
  return retryFailed(context, caller, { ...filter, whose: caller }, after)
}

async function retryHeld(context: Context, caller: Caller, filter: QueueFilter): Promise<QueueRetried> {
  const done = await context.db.$transaction(async (db) => {
    const count = await tryNow(db, filter, HELD_AT_ONCE)
    const { state, reason } = filter
    if (count > 0)
      await writeAudit(db, caller, context.now(), { action: 'queue.retried', detail: { state, reason, count } })
    return count
  })
  nudgeWorkers(context.db)
  // What became due is not found again: the next call begins anew.
  return { done, refused: [], next: done === HELD_AT_ONCE ? 'more' : null }
}

async function retryFailed(
  context: Context,
  caller: Caller,
  filter: QueueFilter,
  after: string | null,
): Promise<QueueRetried> {
  const rows = await queuePage(context.db, filter, after === null ? null : placeOf(after), FAILED_AT_ONCE + 1)
  const page = rows.slice(0, FAILED_AT_ONCE)
  const answer: QueueRetried = { done: 0, refused: [], next: null }
  for (const { id } of page) {
    try {
      await retryTransaction(context, caller, id)
      answer.done += 1
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      answer.refused.push({ transactionId: id, code: thrown.code, message: thrown.message })
    }
  }
  return { ...answer, next: rows.length > FAILED_AT_ONCE ? cursorOf(page.at(-1)!) : null }
}

async function askAgain(context: Context, caller: Caller, transaction: OneTransaction): Promise<Retried> {
  const { kind, state, waitsForSomebody, newest, type, form, facilityCode } = transaction
  if (state !== 'failed') throw new Refusal('QUEUE_STATE', SENTENCES[state])
  if (kind === 'reissue') throw new Refusal('QUEUE_STATE', 'Certificates are issued anew from the list of re-issues.')
  if (!mayAskAgain(caller, transaction)) throw notAllowed(caller, transaction)
  if (!waitsForSomebody) {
    throw new Refusal('QUEUE_STATE', 'Something was accepted for this certificate since: look at the record.')
  }
  const isOriginal = kind === 'certify'
  const accept = isOriginal ? acceptCertify : acceptUpdates
  let notes: Within['notes'] = []
  // What is certified belongs to whose it was, whoever asks for it again.
  const as = isOriginal ? provenCaller({ ...caller, facilityCode }) : caller
  const { results } = await accept(context, as, [againItem(await publishedType(context, type), transaction)], {
    ...{ door: 'v3', method: 'POST', path: '/v3/transactions/retry', type, form },
    // Nothing that was accepted in between is overwritten.
    ...(isOriginal || newest === null ? {} : { ifMatch: [newest] }),
    alongside: async (db, answer) => {
      const [{ transactionId = null, status } = {}] = answer.results
      await writeRetried(context, db, caller, transaction, { status, again: transactionId })
      notes = []
      if (isOriginal && status === 'accepted') {
        await askForUpdates(context, caller, transaction.lineageId, { db, notes })
      }
    },
  })
  for (const note of notes) note()
  const [result] = results
  return { transactionId: result!.transactionId ?? transaction.id, outcome: OUTCOMES[result!.status] ?? 'unchanged' }
}

/**
 * The updates that failed with an original, in their order and in the transaction that accepts the original again: all of
 * it is asked for or nothing. What is refused among them stays as it is, for somebody to look at.
 */
async function askForUpdates(context: Context, caller: Caller, lineageId: string, within: Within): Promise<void> {
  for (const id of await failedWith(within.db, lineageId)) {
    const update = (await transactionById(within.db, id))!
    try {
      await acceptUpdates(context, caller, [againItem(await publishedType(context, update.type), update)], {
        ...{ door: 'v3', method: 'POST', path: '/v3/transactions/retry', type: update.type, form: update.form },
        within,
        alongside: (db, answer) =>
          writeRetried(context, db, caller, update, { again: answer.results[0]?.transactionId ?? null }),
      })
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
    }
  }
}

const OUTCOMES: Partial<Record<string, Retried['outcome']>> = {
  accepted: 'accepted',
  awaiting_approval: 'awaiting_approval',
}

const SENTENCES = {
  pending: 'It is not held up: a worker takes it within moments.',
  issued: 'It was issued meanwhile.',
}

/** Refusals: NOT_FOUND, NOT_YOUR_FACILITY. Administrators reach what is held up, wherever it is. */
export async function reached(db: Statements, caller: Caller, id: string): Promise<OneTransaction> {
  const transaction = isUuid(id) ? await transactionById(db, id) : null
  if (!transaction) throw new Refusal('NOT_FOUND', 'There is no such transaction.')
  if (!has(caller, 'administrator') && !reaches(caller, transaction)) throw notYours()
  return transaction
}

function notAllowed(caller: Caller, transaction: OneTransaction): Refusal {
  if (dealsWith(caller, transaction)) {
    return new Refusal('NOT_ALLOWED', 'Only a supervisor asks for a new certificate again.')
  }
  return new Refusal('NOT_ALLOWED', OF_ITS_FACILITY)
}

const OF_ITS_FACILITY = 'Somebody of its facility has to ask for it again: that is done in the own name.'

function writeRetried(
  context: Context,
  db: Statements,
  caller: Caller,
  { id, lineageId, kind, held, failureCode }: OneTransaction,
  more: Record<string, unknown>,
): Promise<void> {
  const detail = { transactionId: id, kind, reason: held ?? failureCode, ...more }
  return writeAudit(db, caller, context.now(), { action: 'transaction.retried', lineageId, detail })
}
