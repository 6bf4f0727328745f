/** The steps of accepting an array, for one request alone and for several in one transaction: plan, write, answer. */
import { Refusal, type RefusalDetail } from '@/lib/errors'
import type { Statements } from '@/lib/db'
import type { OutboxEvent } from '@/lib/queue/outbox'
import type { AcceptAnswer, ItemResult } from './answers'
import { newCertificateId } from './certificate-id'
import { ackEvents, certifyEvents, duplicateEvent, publishes } from './events'
import { maskFor } from './masks'
import { planArray, type ArrayToPlan, type PlannedArray } from './plan-array'
import type { ReadItem } from './read-items'
import { valueAt } from './record'
import { throwRefused } from './refusal-order'
import { joinOpenRequests, openedAmong } from './requests'
import type { Lineage } from './rules'
import { insertTransactions, type Actor, type Batch, type Wanted } from './store'

/** A request's array, as far as it can be read without the database. */
export interface ReadArray {
  array: ArrayToPlan
  /** As it came. */
  body: unknown[]
  items: ReadItem[]
  unreadable: RefusalDetail[]
}

/** The doses that have to be locked before an array can be planned. */
export function wantedOf({ array: { kind }, items }: ReadArray): Wanted[] {
  return items.flatMap(({ record: { preEnrollmentCode }, dose, correctedDose, contentHash }) => [
    { preEnrollmentCode, dose, ...(kind === 'certify' ? { certifies: contentHash } : {}) },
    ...(correctedDose === null ? [] : [{ preEnrollmentCode, dose: correctedDose }]),
  ])
}

/** What an array becomes on its lineages as they are under their locks; writes nothing. Throws a Refusal with every reason. */
export async function planRead(
  db: Statements,
  { array, items, unreadable }: ReadArray,
  lineages: Lineage[],
): Promise<PlannedArray> {
  const planned = planArray({ ...array, opened: await openedAmong(array, lineages) }, items, lineages)
  await joinOpenRequests(db, array, planned)
  const refused = [...unreadable, ...planned.refused]
  if (array.caller.batch === 'all') throwRefused(refused)
  if (planned.results.length === 0) {
    throw new Refusal('NOTHING_ACCEPTED', 'None of the items was accepted.', refused)
  }
  return { ...planned, refused }
}

/** Planned for whom: `by` is who sent it, where that is not who accepts it. */
export interface ToWrite {
  array: ArrayToPlan
  planned: PlannedArray
  by?: Actor & { channel: 'api' | 'screen' }
}

/** Writes what is planned. A certificate id that is taken (rare, even at 9 digits) is drawn again. */
export async function writePlanned(db: Statements, all: ToWrite[]): Promise<void> {
  let left = all.map(({ array: { context, caller }, planned, by = caller }) => {
    const at = context.now()
    return {
      context,
      planned,
      batch: { transactions: planned.transactions, by, acceptedBy: caller, at } satisfies Batch,
    }
  })
  while ((left = left.filter(({ batch }) => batch.transactions.length > 0)).length > 0) {
    const written = new Set(
      await insertTransactions(
        db,
        left.map(({ batch }) => batch),
      ),
    )
    for (const { context, planned, batch } of left) {
      batch.transactions = batch.transactions.filter((transaction) => !written.has(transaction.id))
      for (const transaction of batch.transactions) {
        const taken = transaction.certificateId
        transaction.certificateId = newCertificateId(context.settings.certificateIdDigits, context.random)
        for (const result of planned.results) {
          if (result.certificateId === taken) result.certificateId = transaction.certificateId
          if (result.previousCertificateId === taken) result.previousCertificateId = transaction.certificateId
        }
      }
    }
  }
}

/** What the sender hears. */
export function answerOf(
  { array, body }: Pick<ReadArray, 'array' | 'body'>,
  { results, refused }: PlannedArray,
): AcceptAnswer {
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
export function acceptedEvents(
  { array, body }: Pick<ReadArray, 'array' | 'body'>,
  { results, transactions, duplicates }: PlannedArray,
  isMessage: boolean,
): OutboxEvent[] {
  const { context, caller, bulkRow } = array
  const { requestId, traceparent, sandbox } = caller
  const type = array.type.name
  if (sandbox || !publishes(context)) return []
  const previous = new Map(results.map((result) => [result.transactionId, result.previousCertificateId]))
  const differ = duplicates.length > 0
  const acked = isMessage && transactions.length === 0 ? (bulkRow ?? null) : null
  return [
    ...(isMessage
      ? []
      : transactions.flatMap((one) =>
          certifyEvents(context, { ...one, type, requestId, traceparent }, previous.get(one.id) ?? null),
        )),
    ...duplicates.map(({ index, lineageId }) => duplicateEvent(context, lineageId, body[index])),
    ...ackEvents(context, null, acked, differ ? 'Duplicate pre-enrollment code' : null),
  ]
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
