/** The use cases behind POST /v3/certify and PUT /v3/certificate: one transaction for the whole array, then the answer. */
import { createHash } from 'node:crypto'
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import { Refusal, STATUS_OF, type RefusalDetail } from '@/lib/errors'
import { nudgeWorkers } from '@/lib/queue/nudge'
import type { AcceptAnswer, ItemResult } from './answers'
import { actsFor, type Caller } from './caller'
import { newCertificateId } from './certificate-id'
import { contentHash, withKept } from './content'
import type { Context } from './context'
import { changesBetween } from './diff'
import { readItems, type ReadItem } from './read-items'
import type { CertificateRecord } from './record'
import { planCertify, planUpdate, updatesRemaining, updatesUsed, withAccepted, type Lineage, type Plan } from './rules'
import { facilitiesByName, insertTransactions, lockLineages, openLineages, type NewTransaction } from './store'
import { claimKey, keepAnswer } from './store-idempotency'

export interface AcceptOptions {
  /** Which contract answers: ours, or DIVOC's (an already certified record is reported, not refused). */
  door: 'v3' | 'divoc'
  method: string
  path: string
  idempotencyKey?: string
  /** The certificate id that an update was made for (If-Match without quotes). */
  ifMatch?: string
  dryRun?: boolean
}

/** Accepts new certificates. Throws a Refusal with every reason; nothing is written then. */
export function acceptCertify(context: Context, caller: Caller, body: unknown, options: AcceptOptions) {
  return accept('certify', context, caller, body, options)
}

/** Accepts updates: each becomes the next certificate of its lineage. Throws a Refusal with every reason; nothing is written then. */
export function acceptUpdates(context: Context, caller: Caller, body: unknown, options: AcceptOptions) {
  return accept('update', context, caller, body, options)
}

type Kind = 'certify' | 'update'

async function accept(
  kind: Kind,
  context: Context,
  caller: Caller,
  body: unknown,
  options: AcceptOptions,
): Promise<AcceptAnswer> {
  const { type, items, refused } = readItems(body, context)
  if (caller.batch === 'all') throwFirst(refused)
  if (options.ifMatch !== undefined && (body as unknown[]).length > 1) {
    throw new Refusal('MALFORMED_REQUEST', 'If-Match names one certificate, so the array must have one item.')
  }
  const answer = await inTransaction(context, options.dryRun ?? false, async (db) => {
    const scope = { callerId: caller.id, method: options.method, path: options.path, key: options.idempotencyKey ?? '' }
    const withKey = options.idempotencyKey !== undefined && !options.dryRun
    if (withKey) {
      const bodyHash = createHash('sha256')
        .update(JSON.stringify([body, options.ifMatch ?? null]))
        .digest('hex')
      const earlier = await claimKey(db, scope, bodyHash, context.now())
      if (earlier) return replayed(earlier, bodyHash)
    }
    const work = new Batch(kind, type, context, caller, options, refused)
    const fresh = await work.run(db, items)
    if (withKey) await keepAnswer(db, scope, fresh)
    return fresh
  })
  if (answer.results.some((result) => result.status === 'accepted')) nudgeWorkers(context.db)
  return answer
}

function replayed(earlier: { bodyHash: string; answer: unknown }, bodyHash: string): AcceptAnswer {
  if (earlier.bodyHash !== bodyHash) {
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another body.')
  }
  return earlier.answer as AcceptAnswer
}

/** Thrown to leave the transaction of a dry run without writing anything. */
class DryRunDone {
  constructor(readonly answer: AcceptAnswer) {}
}

async function inTransaction(context: Context, dryRun: boolean, work: (db: Statements) => Promise<AcceptAnswer>) {
  try {
    return await context.db.$transaction(async (db) => {
      const answer = await work(db)
      if (dryRun) throw new DryRunDone(answer)
      return answer
    })
  } catch (thrown) {
    if (thrown instanceof DryRunDone) return thrown.answer
    throw thrown
  }
}

/** One array on its way through one transaction. */
class Batch {
  private readonly results: ItemResult[] = []
  private readonly planned: NewTransaction[] = []
  private readonly touched = new Map<string, string>()
  private lineages = new Map<string, Lineage>()

  constructor(
    private readonly kind: Kind,
    private readonly type: CertificateType,
    private readonly context: Context,
    private readonly caller: Caller,
    private readonly options: AcceptOptions,
    private readonly refused: RefusalDetail[],
  ) {}

  async run(db: Statements, items: ReadItem[]): Promise<AcceptAnswer> {
    if (this.kind === 'certify' && items.length > 0) await this.openMissing(db, items)
    const wanted = items.map(({ record }) => ({
      preEnrollmentCode: record.preEnrollmentCode,
      dose: record.vaccination.dose,
    }))
    for (const lineage of await lockLineages(db, this.type.name, wanted)) this.lineages.set(lineage.id, lineage)
    for (const item of items) this.consider(item)
    if (this.caller.batch === 'all' || this.results.length === 0) throwFirst(this.refused)
    await this.write(db)
    return {
      ...(this.options.dryRun ? { dryRun: true } : {}),
      results: [...this.results, ...this.refusedResults()].sort((a, b) => a.index - b.index),
    }
  }

  private async openMissing(db: Statements, items: ReadItem[]): Promise<void> {
    const owners = this.caller.facilityCode
      ? new Map<string, string>()
      : await facilitiesByName(
          db,
          items.map(({ record }) => record.facility.name),
        )
    const lineages = items.map(({ record }) => ({
      id: this.context.uuid(),
      preEnrollmentCode: record.preEnrollmentCode,
      programId: record.programId ?? '',
      dose: record.vaccination.dose,
      facilityCode: this.caller.facilityCode ?? owners.get(record.facility.name) ?? 'unassigned',
    }))
    await openLineages(db, this.type.name, lineages)
  }

  /** Plans one item on the lineage as the items before it leave it. */
  private consider(item: ReadItem): void {
    try {
      const { lineage, warning } = this.lineageOf(item.record)
      if (lineage && !actsFor(this.caller, lineage.facilityCode)) {
        throw new Refusal('NOT_YOUR_FACILITY', 'This certificate belongs to another facility.')
      }
      const warnings = warning ? [...item.warnings, warning] : item.warnings
      this.plan({ ...item, warnings }, lineage)
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      const path = thrown.code === 'PROGRAM_REQUIRED' ? '/programId' : ''
      this.refused.push({ index: item.index, path, code: thrown.code, message: thrown.message })
    }
  }

  private lineageOf(record: CertificateRecord) {
    const ofDose = [...this.lineages.values()].filter(
      (l) => l.preEnrollmentCode === record.preEnrollmentCode && l.dose === record.vaccination.dose,
    )
    const exact = ofDose.find((l) => l.programId === (record.programId ?? ''))
    if (exact || this.kind === 'certify') return { lineage: exact ?? null, warning: null }
    const certified = ofDose.filter((l) => l.newest !== null)
    const only = certified[0]
    if (certified.length === 1 && only) {
      const message = `The certificate is of programme "${only.programId}"; the request names "${record.programId ?? ''}".`
      return { lineage: only, warning: { path: '/programId', message } }
    }
    if (certified.length > 1) {
      throw new Refusal(
        'PROGRAM_REQUIRED',
        'Several programmes have a certificate for this code and dose: name one in programId.',
      )
    }
    return { lineage: null, warning: null }
  }

  private plan(item: ReadItem, lineage: Lineage | null): void {
    const limit = this.type.updateLimit ?? this.context.settings.updateLimit
    const previous = this.kind === 'update' ? lineage?.newest?.record : undefined
    const record = withOwnMeta(previous ? withKept(item.record, previous) : item.record)
    const hash = previous ? contentHash(record) : item.contentHash
    this.refuseConflict(lineage, hash)
    const plan =
      this.kind === 'certify'
        ? planCertify(hash, lineage!)
        : planUpdate({ contentHash: hash, ifMatch: this.options.ifMatch }, lineage, limit)
    if (plan.kind === 'already_certified' && !plan.sameContent && this.options.door === 'v3') {
      throw new Refusal(
        'ALREADY_CERTIFIED',
        `This dose already has certificate ${plan.certificateId} with other content. To change it use PUT /v3/certificate.`,
      )
    }
    this.touched.set(lineage!.id, hash)
    const after = plan.kind === 'issue' ? this.add(item, record, hash, lineage!) : lineage!
    this.results.push(this.result(item, record, plan, lineage!, after, limit))
  }

  /** The same lineage twice in one array: once where the content is the same, refused where it is not. */
  private refuseConflict(lineage: Lineage | null, hash: string): void {
    const before = lineage && this.touched.get(lineage.id)
    if (before && before !== hash) {
      throw new Refusal(
        'CONFLICTING_ITEMS',
        'Another item of this array is for the same certificate with other content.',
      )
    }
  }

  private add(item: ReadItem, record: CertificateRecord, hash: string, lineage: Lineage): Lineage {
    const { meta, reason, ...rest } = record
    const transaction: NewTransaction = {
      id: this.context.uuid(),
      lineageId: lineage.id,
      sequence: lineage.nextSequence,
      kind: this.kind,
      certificateId: newCertificateId(this.context.settings.certificateIdDigits, this.context.random),
      record: { ...rest, programId: lineage.programId || undefined, ...(meta ? { meta } : {}) },
      typeVersion: this.type.version,
      form: this.type.form,
      contentHash: hash,
      ifMatch: this.options.ifMatch ?? null,
      reason: reason ?? null,
    }
    this.planned.push(transaction)
    const after = withAccepted(lineage, {
      transactionId: transaction.id,
      certificateId: transaction.certificateId,
      contentHash: hash,
      state: 'pending',
      record,
    })
    this.lineages.set(lineage.id, after)
    return after
  }

  private result(
    item: ReadItem,
    record: CertificateRecord,
    plan: Plan,
    before: Lineage,
    after: Lineage,
    limit: number,
  ): ItemResult {
    const dryRun = this.options.dryRun ?? false
    const issued = plan.kind === 'issue' ? after.newest! : plan.existing
    const previous = plan.kind === 'issue' ? plan.previousCertificateId : null
    const certificateId = plan.kind === 'already_certified' ? plan.certificateId : issued.certificateId
    return {
      index: item.index,
      status: plan.kind === 'issue' ? 'accepted' : plan.kind,
      transactionId: dryRun && plan.kind === 'issue' ? null : issued.transactionId,
      preEnrollmentCode: record.preEnrollmentCode,
      programId: before.programId,
      dose: record.vaccination.dose,
      certificateId: dryRun && plan.kind === 'issue' ? null : certificateId,
      previousCertificateId: previous,
      updatesUsed: updatesUsed(after),
      updatesLimit: limit,
      updatesRemaining: updatesRemaining(after, limit),
      warnings: item.warnings,
      ...(this.kind === 'update' && before.newest
        ? { changes: changesBetween(before.newest.record, record, this.type) }
        : {}),
      ...(plan.kind === 'already_certified' && !plan.sameContent
        ? { differs: changesBetween(issued.record, record, this.type).map((change) => change.path) }
        : {}),
    }
  }

  /** Writes what is planned. A certificate id that is taken (rare, even at 9 digits) is drawn again. */
  private async write(db: Statements): Promise<void> {
    let left = this.planned
    while (left.length > 0) {
      const written = new Set(await insertTransactions(db, left, this.caller, this.context.now()))
      left = left.filter((transaction) => !written.has(transaction.id))
      for (const transaction of left) {
        const taken = transaction.certificateId
        transaction.certificateId = newCertificateId(this.context.settings.certificateIdDigits, this.context.random)
        for (const result of this.results) {
          if (result.certificateId === taken) result.certificateId = transaction.certificateId
          if (result.previousCertificateId === taken) result.previousCertificateId = transaction.certificateId
        }
      }
    }
  }

  private refusedResults(): ItemResult[] {
    const firstOf = new Map<number, RefusalDetail>()
    for (const detail of this.refused) if (!firstOf.has(detail.index)) firstOf.set(detail.index, detail)
    return [...firstOf.values()].map(({ index, path, code, message }) => ({
      index,
      status: 'refused' as const,
      transactionId: null,
      preEnrollmentCode: '',
      programId: '',
      dose: 0,
      certificateId: null,
      previousCertificateId: null,
      updatesUsed: 0,
      updatesLimit: 0,
      updatesRemaining: 0,
      warnings: [],
      refusal: { path, code, message },
    }))
  }
}

/** The chain is ours to say: what a client writes about it in meta is not kept. */
function withOwnMeta(record: CertificateRecord): CertificateRecord {
  if (record.meta === undefined) return record
  const { previousCertificateId: _claimed, certificateType: _form, ...meta } = record.meta
  return { ...record, meta }
}

/**
 * Throws what is wrong with an array as one Refusal. Several kinds at once: what cannot be read (400) before what is not
 * yours (403), before the rules (400), before the state of the certificate (412).
 */
function throwFirst(refused: RefusalDetail[]): void {
  if (refused.length === 0) return
  const details = [...refused].sort((a, b) => a.index - b.index)
  const first = details.reduce((best, detail) => (rank(detail) < rank(best) ? detail : best))
  throw new Refusal(first.code, first.message, details)
}

function rank(detail: RefusalDetail): number {
  if (detail.code === 'NOT_YOUR_FACILITY') return 1
  if (['ALREADY_CERTIFIED', 'CONFLICTING_ITEMS', 'PROGRAM_REQUIRED'].includes(detail.code)) return 2
  return STATUS_OF[detail.code] === 412 ? 3 : 0
}
