/** The use cases behind POST /v3/certify and PUT /v3/certificate: one transaction for the whole array, then the answer. */
import { publishedType } from '@/lib/certificate-types/live'
import type { Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import { log } from '@/lib/log'
import { countRefused, metrics } from '@/lib/operations/metrics'
import { traced } from '@/lib/operations/tracing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { writeEvents, type OutboxEvent } from '@/lib/queue/outbox'
import type { AcceptAnswer, ApprovalReason, ItemResult } from './answers'
import type { Caller } from './caller'
import { newCertificateId } from './certificate-id'
import { maskFor } from './masks'
import { noteConfirmation, type HolderConfirmation } from './confirmed'
import type { Context } from './context'
import { ackEvents, certifyEvents, duplicateEvent, publishes, type BulkRow } from './events'
import { oncePerKey } from './once-per-key'
import { planArray, type ArrayToPlan, type Kind, type PlannedArray } from './plan-array'
import { readItems, type ReadItem } from './read-items'
import { valueAt, type KeptReason } from './record'
import { throwRefused } from './refusal-order'
import { joinOpenRequests, openedAmong } from './requests'
import { openMissing, keepDoses } from './opening'
import { insertTransactions, lockLineages, removeLineages, type Actor } from './store'
import { asPart } from './store-part'
import { grantUpdates, insertRequests } from './store-requests'
import { inTurn } from './writing'

export interface AcceptOptions {
  /** Which contract answers: ours, or DIVOC's (an already certified record is reported, not refused). */
  door: 'v3' | 'divoc'
  /** Name of the certificate type; that of vaccinations unless said otherwise. */
  type?: string
  /** Generation of the request, and of the certificate that it becomes; certifyV3 unless said otherwise. */
  form?: Form
  method: string
  path: string
  idempotencyKey?: string
  /** The certificate ids that the updates were made for (If-Match without quotes). */
  ifMatch?: readonly string[]
  dryRun?: boolean
  /** For a correction that its holder confirmed: takes the confirmation, once, in the accepting transaction. */
  takeConfirmation?: (db: Statements) => Promise<HolderConfirmation | null>
  /** Asks a supervisor for one update more where none is left, instead of being refused. */
  beyondLimit?: boolean
  /** What the person who asks tells the supervisor. */
  note?: string
  /** A second person's approval of exactly this one item: see lib/approvals/decide.ts. */
  approved?: Approved
  /** Writes what belongs to it in the transaction that accepts: what it throws undoes everything. Not for a dry run. */
  alongside?: (db: Statements, answer: AcceptAnswer) => Promise<void>
  /** Part of a transaction that somebody else began: a refusal takes this part back and leaves the rest. */
  within?: Within
  /** Only for a message on `certify`: it stands on that topic already, and an upload may wait for word on its row. */
  message?: { bulkRow: BulkRow | null }
}

export interface Within {
  db: Statements
  /** What is counted and logged once it is committed. */
  notes: (() => void)[]
}

export interface Approved {
  /** Whose correction it is; the caller is who approves it. */
  by: Actor & { channel: Caller['channel'] }
  /** What the second person was asked for. */
  reasons: readonly ApprovalReason[]
  reason: KeptReason
  /** Takes the request, once, in the accepting transaction and under the lineage's lock. Throws when somebody else did. */
  take: (db: Statements, outcome: { transactionId: string; extraUpdate: boolean }) => Promise<void>
}

/** Accepts new certificates. Throws a Refusal with every reason; nothing is written then. */
export function acceptCertify(context: Context, caller: Caller, body: unknown, options: AcceptOptions) {
  return accept('certify', context, caller, body, options)
}

/** Accepts updates: each becomes the next certificate of its lineage. Throws a Refusal with every reason; nothing is written then. */
export function acceptUpdates(context: Context, caller: Caller, body: unknown, options: AcceptOptions) {
  return accept('update', context, caller, body, options)
}

function accept(
  kind: Kind,
  context: Context,
  caller: Caller,
  body: unknown,
  options: AcceptOptions,
): Promise<AcceptAnswer> {
  return traced(`accept ${kind}`, { parent: caller.traceparent }, ({ traceparent }) =>
    acceptArray(kind, context, traceparent ? { ...caller, traceparent } : caller, body, options),
  )
}

async function acceptArray(
  kind: Kind,
  context: Context,
  caller: Caller,
  body: unknown,
  options: AcceptOptions,
): Promise<AcceptAnswer> {
  const { door, form = 'certifyV3', ifMatch, dryRun = false, message, beyondLimit } = options
  const { sandbox } = caller
  const type = await publishedType(context, options.type)
  if (!type.forms[form]) throw new Refusal('MALFORMED_REQUEST', `Certificates of this type have no form ${form}.`)
  const { items, refused: unreadable } = readItems(body, type, context, { form, sandbox })
  if (items.length === 0 && caller.batch === 'all') throwRefused(unreadable)
  const array: ArrayToPlan = {
    kind,
    type,
    context,
    caller,
    door,
    form,
    ifMatch,
    dryRun,
    bulkRow: message?.bulkRow,
    beyondLimit,
  }
  if (options.approved) array.approved = { channel: options.approved.by.channel, reasons: options.approved.reasons }
  const keyed = dryRun ? { ...options, idempotencyKey: undefined } : options
  let written: PlannedArray | null = null
  const answer = await inTransaction(context, options, (db) =>
    oncePerKey(db, caller, [body, ifMatch?.join() ?? null], keyed, async () => {
      const planned = await acceptItems(db, array, items, unreadable, options)
      written = planned
      if (!sandbox) await writeEvents(db, acceptedEvents(array, body as unknown[], planned, options))
      const given = answerOf(array, planned, body as unknown[])
      if (!dryRun) await options.alongside?.(db, given)
      return given
    }),
  )
  const note = () => {
    if (answer.results.some((result) => result.status === 'accepted')) nudgeWorkers(context.db)
    if (!dryRun && written) noteAccepted(array, written)
  }
  if (options.within) options.within.notes.push(note)
  else note()
  return answer
}

/** For the figures and the log: what was accepted just now, not what an earlier request with the same key was. */
function noteAccepted({ kind, type, caller }: ArrayToPlan, { transactions, refused }: PlannedArray): void {
  const { requestId, sandbox } = caller
  if (refused.length > 0) countRefused(refused[0]!.code, refused)
  if (transactions.length === 0) return
  if (!sandbox) metrics.accepted.inc({ type: type.name, kind }, transactions.length)
  log().info({ requestId, kind, transactionIds: transactions.map(({ id }) => id) }, 'accepted')
}

/** Locks, plans, writes and answers. */
async function acceptItems(
  db: Statements,
  array: ArrayToPlan,
  items: ReadItem[],
  unreadable: RefusalDetail[],
  { takeConfirmation, approved, note }: AcceptOptions,
): Promise<PlannedArray> {
  const { type, context, caller } = array
  const opened = array.kind === 'certify' ? await openMissing(db, array, items) : await keepDoses(db, array, items)
  const wanted = items.flatMap(({ record: { preEnrollmentCode }, dose, correctedDose, contentHash }) => [
    { preEnrollmentCode, dose, ...(array.kind === 'certify' ? { certifies: contentHash } : {}) },
    ...(correctedDose === null ? [] : [{ preEnrollmentCode, dose: correctedDose }]),
  ])
  const lineages = await lockLineages(db, type.name, wanted, caller.sandbox, context.now())
  const planned = planArray({ ...array, opened: await openedAmong(array, lineages) }, items, lineages)
  await joinOpenRequests(db, array, planned)
  const refused = [...unreadable, ...planned.refused]
  if (caller.batch === 'all') throwRefused(refused)
  if (planned.results.length === 0) {
    throw new Refusal('NOTHING_ACCEPTED', 'None of the items was accepted.', refused)
  }
  if (takeConfirmation) noteConfirmation(planned, await takeConfirmation(db))
  if (approved) noteApproval(planned, approved)
  await write(db, array, planned, approved?.by)
  if (approved) await takeApproval(db, planned, approved)
  await insertRequests(db, planned.requests, caller, context.now(), note)
  const unused = opened.filter((id) => !planned.used.has(id))
  if (unused.length > 0) await removeLineages(db, unused)
  return { ...planned, refused }
}

function answerOf(array: ArrayToPlan, { results, refused }: PlannedArray, body: unknown[]): AcceptAnswer {
  const { dryRun } = array
  const all = [...results.map((one) => shownTo(array, one)), ...refusedResults(array, refused, body)]
  all.sort((a, b) => a.index - b.index)
  return { ...(dryRun ? { dryRun: true } : {}), results: all }
}

/** People are told that a hidden value changes, and not what it was. */
function shownTo({ type, context, caller }: ArrayToPlan, result: ItemResult): ItemResult {
  const { preEnrollmentCode, changes } = result
  const mask = changes && maskFor(context, caller, { type: type.name, preEnrollmentCode, sandbox: caller.sandbox })
  return mask ? { ...result, changes: mask.changes(changes) } : result
}

/** What other systems are told of an accepted array, in the transaction that accepts it. */
function acceptedEvents(
  { context, type: { name: type }, caller: { requestId, traceparent } }: ArrayToPlan,
  body: unknown[],
  { results, transactions, duplicates }: PlannedArray,
  { message }: AcceptOptions,
): OutboxEvent[] {
  if (!publishes(context)) return []
  const previous = new Map(results.map((result) => [result.transactionId, result.previousCertificateId]))
  const differ = duplicates.length > 0
  const acked = message && transactions.length === 0 ? message.bulkRow : null
  return [
    ...(message
      ? []
      : transactions.flatMap((one) =>
          certifyEvents(context, { ...one, type, requestId, traceparent }, previous.get(one.id) ?? null),
        )),
    ...duplicates.map(({ index, lineageId }) => duplicateEvent(context, lineageId, body[index])),
    ...ackEvents(context, null, acked, differ ? 'Duplicate pre-enrollment code' : null),
  ]
}

/** The approved correction keeps the reason of who asked, and who approved it. */
function noteApproval({ transactions, granted }: PlannedArray, { reason }: Approved): void {
  const extra = granted.length > 0 ? { extraUpdate: true as const } : {}
  for (const transaction of transactions) transaction.reason = { ...reason, ...extra }
}

/** The request is taken for what comes of it now, or for the same correction that is there already. */
async function takeApproval(db: Statements, { transactions, results, granted }: PlannedArray, { take }: Approved) {
  const transactionId = transactions[0]?.id ?? results[0]!.transactionId!
  await take(db, { transactionId, extraUpdate: granted.length > 0 })
}

/** Writes what is planned. A certificate id that is taken (rare, even at 9 digits) is drawn again. */
async function write(
  db: Statements,
  { context, caller }: ArrayToPlan,
  planned: PlannedArray,
  by: Approved['by'] = caller,
): Promise<void> {
  for (const { lineageId, extraUpdates } of planned.granted) await grantUpdates(db, lineageId, extraUpdates)
  let left = planned.transactions
  while (left.length > 0) {
    const written = new Set(await insertTransactions(db, left, by, context.now(), caller))
    left = left.filter((transaction) => !written.has(transaction.id))
    for (const transaction of left) {
      const taken = transaction.certificateId
      transaction.certificateId = newCertificateId(context.settings.certificateIdDigits, context.random)
      for (const result of planned.results) {
        if (result.certificateId === taken) result.certificateId = transaction.certificateId
        if (result.previousCertificateId === taken) result.previousCertificateId = transaction.certificateId
      }
    }
  }
}

/** The first refusal of each item, for clients that take good items and leave bad ones. */
function refusedResults({ type: { lineage } }: ArrayToPlan, refused: RefusalDetail[], body: unknown[]): ItemResult[] {
  const first = new Map<number, RefusalDetail>()
  for (const detail of refused) if (!first.has(detail.index)) first.set(detail.index, detail)
  return [...first.values()].map(({ index, path, code, message }) => ({
    index,
    status: 'refused' as const,
    transactionId: null,
    preEnrollmentCode: textOf(valueAt(body[index], 'preEnrollmentCode') ?? valueAt(body[index], lineage.key ?? '')),
    programId: textOf(valueAt(body[index], 'programId')),
    dose: lineage.sequence === undefined ? 1 : Number(valueAt(body[index], lineage.sequence)) || 0,
    certificateId: null,
    previousCertificateId: null,
    updatesUsed: 0,
    updatesLimit: 0,
    updatesRemaining: 0,
    warnings: [],
    refusal: { path, code, message },
  }))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Thrown to leave the transaction of a dry run without writing anything. */
class DryRunDone {
  constructor(readonly answer: AcceptAnswer) {}
}

async function inTransaction(
  context: Context,
  { within, dryRun }: AcceptOptions,
  work: (db: Statements) => Promise<AcceptAnswer>,
): Promise<AcceptAnswer> {
  if (within) return asPart(within.db, () => work(within.db))
  try {
    return await inTurn(context.db, context.settings.database.poolSize, async (db) => {
      const answer = await work(db)
      if (dryRun) throw new DryRunDone(answer)
      return answer
    })
  } catch (thrown) {
    if (thrown instanceof DryRunDone) return thrown.answer
    throw thrown
  }
}
