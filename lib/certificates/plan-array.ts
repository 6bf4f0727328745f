/** Plans the items of an array one after the other, each on the lineages as the items before it leave them. No I/O. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { Refusal, type RefusalDetail } from '@/lib/errors'
import type { ItemResult } from './answers'
import { actsFor, type Caller } from './caller'
import { newCertificateId } from './certificate-id'
import { contentHash, withKept } from './content'
import type { Context } from './context'
import { changesBetween } from './diff'
import type { BulkRow } from './events'
import type { ReadItem } from './read-items'
import type { CertificateRecord } from './record'
import { planCertify, planUpdate, updatesRemaining, updatesUsed, withAccepted, type Lineage, type Plan } from './rules'
import type { NewTransaction } from './store'

export type Kind = 'certify' | 'update'

export interface ArrayToPlan {
  kind: Kind
  type: CertificateType
  context: Context
  caller: Caller
  door: 'v3' | 'divoc'
  ifMatch?: string
  dryRun: boolean
  /** The upload row that all items belong to; only a message has one, and one item. */
  bulkRow?: BulkRow | null
}

/** What is to be written and answered. `refused` lists the items that the rules do not allow. */
export interface PlannedArray {
  results: ItemResult[]
  transactions: NewTransaction[]
  refused: RefusalDetail[]
  /** Items for a dose that is certified with other content (DIVOC's door only). */
  duplicates: { index: number; lineageId: string }[]
}

/** Plans an array on lineages read under their locks. */
export function planArray(array: ArrayToPlan, items: ReadItem[], lineages: Lineage[]): PlannedArray {
  const planner = new Planner(array, new Map(lineages.map((lineage) => [lineage.id, lineage])))
  for (const item of items) planner.consider(item)
  return planner
}

class Planner implements PlannedArray {
  readonly results: ItemResult[] = []
  readonly transactions: NewTransaction[] = []
  readonly refused: RefusalDetail[] = []
  readonly duplicates: PlannedArray['duplicates'] = []
  /** Content that an earlier item of the array has for a lineage. */
  private readonly touched = new Map<string, string>()

  constructor(
    private readonly array: ArrayToPlan,
    private readonly lineages: Map<string, Lineage>,
  ) {}

  consider(item: ReadItem): void {
    try {
      const { lineage, warning } = this.lineageOf(item)
      if (lineage && !actsFor(this.array.caller, lineage.facilityCode)) {
        throw new Refusal('NOT_YOUR_FACILITY', 'This certificate belongs to another facility.')
      }
      this.plan(warning ? { ...item, warnings: [...item.warnings, warning] } : item, lineage)
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      const path = thrown.code === 'PROGRAM_REQUIRED' ? '/programId' : ''
      this.refused.push({ index: item.index, path, code: thrown.code, message: thrown.message })
    }
  }

  /** The lineage of exactly this programme; for an update else the only one of code and dose. */
  private lineageOf({ record, withoutProgramme }: ReadItem) {
    const ofDose = [...this.lineages.values()].filter(
      (l) => l.preEnrollmentCode === record.preEnrollmentCode && l.dose === record.vaccination.dose,
    )
    const exact = ofDose.find((l) => l.programId === (record.programId ?? ''))
    if (exact || this.array.kind === 'certify' || withoutProgramme) return { lineage: exact ?? null, warning: null }
    const certified = ofDose.filter((l) => l.newest !== null)
    const [only] = certified
    if (certified.length > 1) {
      throw new Refusal(
        'PROGRAM_REQUIRED',
        'Several programmes have a certificate for this code and dose: name one in programId.',
      )
    }
    if (!only) return { lineage: null, warning: null }
    const asked = record.programId === undefined ? 'the request names none' : `the request names "${record.programId}"`
    const message = `The certificate is of programme "${only.programId}"; ${asked}.`
    return { lineage: only, warning: { path: '/programId', message } }
  }

  private plan(item: ReadItem, lineage: Lineage | null): void {
    const { kind, type, context, ifMatch } = this.array
    const limit = type.updateLimit ?? context.settings.updateLimit
    const previous = kind === 'update' ? lineage?.newest?.record : undefined
    const record = withOwnMeta(previous ? withKept(item.record, previous) : item.record)
    const hash = previous ? contentHash(record) : item.contentHash
    this.refuseConflict(lineage, hash)
    const plan =
      kind === 'certify' ? planCertify(hash, lineage!) : planUpdate({ contentHash: hash, ifMatch }, lineage, limit)
    if (plan.kind === 'already_certified' && !plan.sameContent && this.array.door === 'v3') {
      throw new Refusal(
        'ALREADY_CERTIFIED',
        `This dose already has certificate ${plan.certificateId} with other content. To change it use PUT /v3/certificate.`,
      )
    }
    if (plan.kind === 'already_certified' && !plan.sameContent) {
      this.duplicates.push({ index: item.index, lineageId: lineage!.id })
    }
    this.touched.set(lineage!.id, hash)
    const after = plan.kind === 'issue' ? this.add(record, hash, lineage!) : lineage!
    this.results.push(this.resultOf(item, record, plan, { before: lineage!, after }, limit))
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

  private add(record: CertificateRecord, hash: string, lineage: Lineage): Lineage {
    const { kind, type, context, ifMatch, bulkRow } = this.array
    const { meta, reason, ...rest } = record
    const transaction: NewTransaction = {
      id: context.uuid(),
      lineageId: lineage.id,
      sequence: lineage.nextSequence,
      kind,
      certificateId: newCertificateId(context.settings.certificateIdDigits, context.random),
      record: { ...rest, programId: lineage.programId || undefined, ...(meta ? { meta } : {}) },
      typeVersion: type.version,
      form: type.form,
      contentHash: hash,
      ifMatch: ifMatch ?? null,
      reason: reason ?? null,
      bulkRow: bulkRow ?? null,
    }
    this.transactions.push(transaction)
    const { id: transactionId, certificateId } = transaction
    const after = withAccepted(lineage, { transactionId, certificateId, contentHash: hash, state: 'pending', record })
    this.lineages.set(lineage.id, after)
    return after
  }

  private resultOf(
    item: ReadItem,
    record: CertificateRecord,
    plan: Plan,
    { before, after }: { before: Lineage; after: Lineage },
    limit: number,
  ): ItemResult {
    const found = plan.kind === 'issue' ? after.newest! : plan.kind === 'unchanged' ? plan.existing : plan
    const unwritten = this.array.dryRun && plan.kind === 'issue'
    const differing = (from: CertificateRecord) => changesBetween(from, record, this.array.type)
    return {
      index: item.index,
      status: plan.kind === 'issue' ? 'accepted' : plan.kind,
      transactionId: unwritten ? null : found.transactionId,
      preEnrollmentCode: record.preEnrollmentCode,
      programId: before.programId,
      dose: record.vaccination.dose,
      certificateId: unwritten ? null : found.certificateId,
      previousCertificateId: plan.kind === 'issue' ? plan.previousCertificateId : null,
      updatesUsed: updatesUsed(after),
      updatesLimit: limit,
      updatesRemaining: updatesRemaining(after, limit),
      warnings: item.warnings,
      ...(this.array.kind === 'update' && before.newest ? { changes: differing(before.newest.record) } : {}),
      ...(plan.kind === 'already_certified' && !plan.sameContent
        ? { differs: differing(before.newest!.record).map((change) => change.path) }
        : {}),
    }
  }
}

/** The chain is ours to say: what a client writes about it in meta is not kept. */
function withOwnMeta(record: CertificateRecord): CertificateRecord {
  if (record.meta === undefined) return record
  const { previousCertificateId: _claimed, certificateType: _form, ...meta } = record.meta
  return { ...record, meta }
}
