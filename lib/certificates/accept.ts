/** The use cases behind POST /v3/certify and PUT /v3/certificate: one transaction for the whole array, then the answer. */
import { publishedType } from '@/lib/certificate-types/live'
import type { Form } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { log } from '@/lib/log'
import { countRefused, metrics } from '@/lib/operations/metrics'
import { traced } from '@/lib/operations/tracing'
import { nudgeWorkers } from '@/lib/queue/nudge'
import { writeEvents } from '@/lib/queue/outbox'
import { acceptedEvents, answerOf, planRead, wantedOf, writePlanned, type ReadArray } from './accept-steps'
import { acceptTogether, mayShare, type Accepted } from './accept-together'
import type { AcceptAnswer, ApprovalReason } from './answers'
import type { Caller } from './caller'
import { noteConfirmation, type HolderConfirmation } from './confirmed'
import type { Context } from './context'
import type { BulkRow } from './events'
import { askedOf, oncePerKey } from './once-per-key'
import { keepDoses, openMissing } from './opening'
import type { ArrayToPlan, Kind, PlannedArray } from './plan-array'
import { readItems } from './read-items'
import type { KeptReason } from './record'
import { throwRefused } from './refusal-order'
import { lockLineages, removeLineages, type Actor } from './store'
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
  const read: ReadArray = { array, body: body as unknown[], items, unreadable }
  const { answer, written } = mayShare(read, options)
    ? await acceptTogether({ ...read, options }, () => acceptAlone(read, options))
    : await acceptAlone(read, options)
  const note = () => {
    if (answer.results.some((result) => result.status === 'accepted')) nudgeWorkers(context.db)
    if (!dryRun && written) noteAccepted(array, written)
  }
  if (options.within) options.within.notes.push(note)
  else note()
  return answer
}

/** In a transaction of its own, or as a part of somebody else's. */
async function acceptAlone(read: ReadArray, options: AcceptOptions): Promise<Accepted> {
  const { array, body } = read
  const { caller, dryRun, ifMatch } = array
  const keyed = dryRun ? { ...options, idempotencyKey: undefined } : options
  let written: PlannedArray | null = null
  const answer = await inTransaction(array.context, options, (db) =>
    oncePerKey(db, caller, askedOf(body, ifMatch), keyed, async () => {
      written = null
      const planned = await acceptItems(db, read, options)
      written = planned
      await writeEvents(db, acceptedEvents(read, planned, options.message !== undefined))
      const given = answerOf(read, planned)
      if (!dryRun) await options.alongside?.(db, given)
      return given
    }),
  )
  return { answer, written }
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
async function acceptItems(db: Statements, read: ReadArray, options: AcceptOptions): Promise<PlannedArray> {
  const { array, items } = read
  const { type, context, caller } = array
  const { takeConfirmation, approved, note } = options
  const opened = array.kind === 'certify' ? await openMissing(db, [read]) : await keepDoses(db, array, items)
  const lineages = await lockLineages(db, type.name, wantedOf(read), caller.sandbox, context.now())
  const planned = await planRead(db, read, lineages)
  if (takeConfirmation) noteConfirmation(planned, await takeConfirmation(db))
  if (approved) noteApproval(planned, approved)
  for (const { lineageId, extraUpdates } of planned.granted) await grantUpdates(db, lineageId, extraUpdates)
  await writePlanned(db, [{ array, planned, by: approved?.by }])
  if (approved) await takeApproval(db, planned, approved)
  await insertRequests(db, planned.requests, caller, context.now(), note)
  const unused = opened.filter((id) => !planned.used.has(id))
  if (unused.length > 0) await removeLineages(db, unused)
  return planned
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
