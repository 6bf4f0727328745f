/** Plans the items of an array one after the other, each on the lineages as the items before it leave them. No I/O. */
import type { CertificateType, Form } from '@/lib/certificate-types/type'
import { Refusal, type RefusalCode, type RefusalDetail } from '@/lib/errors'
import type { ApprovalReason, ItemResult } from './answers'
import type { Caller } from './caller'
import { newCertificateId } from './certificate-id'
import { contentHash } from './content'
import { withKept } from './kept-parts'
import type { Context } from './context'
import { withValueAt } from './corrected-dose'
import { changesBetween } from './diff'
import type { BulkRow } from './events'
import { pathOfHidden } from './hidden'
import { filledIn } from './masks'
import { personOf, vouchedPerson } from './person'
import { reaches, requireReach } from './reach'
import { withValues, type ReadItem } from './read-items'
import { valueAt, type CertificateRecord } from './record'
import {
  planCertify,
  planMove,
  planUpdate,
  updatesRemaining,
  updatesUsed,
  withAccepted,
  type Accepted,
  type Lineage,
  type Plan,
} from './rules'
import { approvalReasons, vouchedBy } from './second-person'
import { pointer } from './schema'
import type { NewTransaction } from './store'
import type { NewRequest } from './store-requests'

export type Kind = 'certify' | 'update'

export interface ArrayToPlan {
  kind: Kind
  type: CertificateType
  context: Context
  caller: Caller
  door: 'v3' | 'divoc'
  form: Form
  ifMatch?: readonly string[]
  dryRun: boolean
  /** The upload row that all items belong to; only a message has one, and one item. */
  bulkRow?: BulkRow | null
  /** Lineages of other facilities that the caller may read. */
  opened?: ReadonlySet<string>
  /** Where no update is left a supervisor is asked for one more, instead of refusing. */
  beyondLimit?: boolean
  /** A second person approved this item: it is not judged again. `channel` is that of who asked. */
  approved?: { channel: Caller['channel']; reasons: readonly ApprovalReason[] }
}

/** What is to be written and answered. `refused` lists the items that the rules do not allow. */
export interface PlannedArray {
  results: ItemResult[]
  transactions: NewTransaction[]
  refused: RefusalDetail[]
  /** Items for a dose that is certified with other content (DIVOC's door only). */
  duplicates: { index: number; lineageId: string }[]
  /** Lineages, and placeholders of moves, that something is written for. */
  used: Set<string>
  /** Corrections that wait for a second person before they are anything. */
  requests: NewRequest[]
  /** Updates beyond the limit that the approved item takes: the new number of its lineage. */
  granted: { lineageId: string; extraUpdates: number }[]
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
  readonly used = new Set<string>()
  readonly requests: NewRequest[] = []
  readonly granted: PlannedArray['granted'] = []
  /** Content that an earlier item of the array has for a lineage. */
  private readonly touched = new Map<string, string>()

  constructor(
    private readonly array: ArrayToPlan,
    private readonly lineages: Map<string, Lineage>,
  ) {}

  consider(item: ReadItem): void {
    try {
      const { lineage, warning } = this.lineageAt(item, item.dose)
      if (lineage && lineage.reservedFor === null && !this.mayAct(lineage)) {
        requireReach(this.array.caller, lineage)
      }
      this.plan(warning ? { ...item, warnings: [...item.warnings, warning] } : item, lineage)
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      if (thrown.details.length > 0) this.refused.push(...thrown.details)
      else
        this.refused.push({
          index: item.index,
          path: pathOf(thrown, item, this.array.type),
          code: thrown.code,
          message: thrown.message,
        })
    }
  }

  /** Within reach; or opened, where the type lets people ask that facility's supervisor. */
  private mayAct(lineage: Lineage): boolean {
    return reaches(this.array.caller, lineage) || this.array.opened?.has(lineage.id) === true
  }

  /** The lineage of exactly this programme at a dose; for an update else the only one of code and dose. */
  private lineageAt({ record, withoutProgramme }: ReadItem, dose: number) {
    const ofDose = [...this.lineages.values()].filter(
      (l) => l.preEnrollmentCode === record.preEnrollmentCode && l.dose === dose,
    )
    const exact = ofDose.find((l) => l.programId === (record.programId ?? ''))
    if (exact || this.array.kind === 'certify' || withoutProgramme) return { lineage: exact ?? null, warning: null }
    const known = ofDose.filter((l) => l.newest !== null)
    const standing = known.filter((l) => l.open)
    // What was revoked in one programme is in nobody's way in another.
    const certified = standing.length > 0 ? standing : known
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

  private plan(given: ReadItem, lineage: Lineage | null): void {
    const elsewhere = this.elsewhere(given, lineage)
    const item = this.withHidden(given, this.array.kind === 'update' ? (lineage?.newest ?? elsewhere?.newest) : null)
    const { type, context } = this.array
    const limit = type.updateLimit ?? context.settings.updateLimit
    const previous = this.array.kind === 'update' ? (lineage?.newest ?? elsewhere?.newest)?.record : undefined
    const record = withOwnMeta(previous ? withKept(item.record, previous) : item.record)
    const hash = previous ? contentHash(record, type) : item.contentHash
    this.refuseConflict(lineage, hash)
    const own = limit + (lineage?.extraUpdates ?? 0)
    const plan = this.planOne(item, hash, lineage, elsewhere, this.array.beyondLimit ? Infinity : own)
    if (lineage) this.touched.set(lineage.id, hash)
    const reasons = plan.kind === 'issue' ? this.reasonsFor(record, lineage!, own) : []
    if (reasons.length > 0) {
      const requestId = this.request(item, record, hash, lineage!, reasons)
      const asked = this.resultOf(item, record, plan, { before: lineage!, after: lineage! }, limit)
      const approval = { requestId: this.array.dryRun ? null : requestId, reasons }
      this.results.push({ ...asked, status: 'awaiting_approval', transactionId: null, certificateId: null, approval })
      return
    }
    if (plan.kind === 'issue') {
      const after = this.add(item, record, hash, this.withRoom(lineage!, limit))
      if (item.correctedDose !== null) this.used.add(elsewhere!.id)
      this.results.push(this.resultOf(item, record, plan, { before: lineage!, after }, limit))
      return
    }
    const { found, warning } = this.foundAt(plan, lineage, elsewhere)
    const warned = warning ? { ...item, warnings: [...item.warnings, warning] } : item
    this.results.push(this.resultOf(warned, record, plan, { before: found, after: found }, limit))
  }

  /** Why a second person has to look at this first. */
  private reasonsFor(record: CertificateRecord, lineage: Lineage, limit: number): ApprovalReason[] {
    const { kind, type, caller, approved } = this.array
    if (kind !== 'update' || approved) return []
    const before = personOf(lineage.newest!.record, type)
    return approvalReasons(type.approval, caller, {
      vouched: lineage.vouched ? vouchedPerson(lineage.vouched, type) : before,
      before,
      after: personOf(record, type),
      remaining: updatesRemaining(lineage, limit),
      elsewhere: !reaches(caller, lineage),
    })
  }

  /** Notes the correction as it would be written, with everything that leaves no choice later. Answers the request's id. */
  private request(
    { index, correctedDose }: ReadItem,
    { reason, meta, ...record }: CertificateRecord,
    hash: string,
    lineage: Lineage,
    reasons: ApprovalReason[],
  ): string {
    const { sequence } = this.array.type.lineage
    const moved = correctedDose === null ? null : valueAt(record, sequence!)
    const same = this.requests.find((request) => request.lineageId === lineage.id)
    if (same) {
      same.indexes.push(index)
      return same.id
    }
    const request: NewRequest = {
      id: this.array.context.uuid(),
      indexes: [index],
      lineageId: lineage.id,
      certificateId: lineage.newest!.certificateId,
      item: {
        ...(moved === null ? record : withValueAt(record, sequence!, valueAt(lineage.newest!.record, sequence!))),
        programId: lineage.programId,
        ...(moved === null ? (meta ? { meta } : {}) : { meta: { ...meta, correctedDose: moved } }),
      },
      form: this.array.form,
      contentHash: hash,
      reasons,
      reason: reason ?? null,
    }
    this.requests.push(request)
    return request.id
  }

  /** The lineage with room for an approved update: beyond the limit it is granted just the one that it takes. */
  private withRoom(lineage: Lineage, limit: number): Lineage {
    if (!this.array.approved || updatesRemaining(lineage, limit + lineage.extraUpdates) > 0) return lineage
    const extraUpdates = updatesUsed(lineage) + 1 - limit
    this.granted.push({ lineageId: lineage.id, extraUpdates })
    return { ...lineage, extraUpdates }
  }

  /** The item with the values that its markers stand for in the newest version: people send back what is hidden from them. */
  private withHidden(item: ReadItem, newest: Accepted | null | undefined): ReadItem {
    const claimed = pathOfHidden(item.record)
    if (claimed === null) return item
    const { type, context, caller, form, ifMatch } = this.array
    const refusal = (code: RefusalCode, path: string, message: string) =>
      new Refusal(code, message, [{ index: item.index, path, code, message }])
    if (this.array.kind !== 'update' || caller.kind !== 'operator') {
      throw refusal(
        'VALIDATION_ERROR',
        pointer(claimed.split('.')),
        'This text stands for a hidden value: send the value.',
      )
    }
    // Without a version there is nothing to update: the rules say why.
    if (!newest) return item
    const { preEnrollmentCode } = item.record
    const whose = { type: type.name, preEnrollmentCode, sandbox: caller.sandbox }
    const filled = filledIn(context, whose, item.record, newest.record)
    if ('unknown' in filled) {
      const isStale = ifMatch !== undefined && !ifMatch.includes(newest.certificateId)
      const message = isStale
        ? `A newer certificate, ${newest.certificateId}, was accepted meanwhile.`
        : 'This stands for a hidden value that the certificate does not have. Read it again.'
      throw refusal(isStale ? 'STALE_VERSION' : 'VALIDATION_ERROR', pointer(filled.unknown.split('.')), message)
    }
    const read = withValues(item, filled.record, type, context, { form, sandbox: caller.sandbox })
    if (!('issues' in read)) return read
    const [{ code, message }] = read.issues as [RefusalDetail]
    throw new Refusal(
      code,
      message,
      read.issues.map((issue) => ({ index: item.index, ...issue })),
    )
  }

  private planOne(
    item: ReadItem,
    hash: string,
    lineage: Lineage | null,
    elsewhere: Lineage | null,
    limit: number,
  ): Plan {
    const { kind, ifMatch, door } = this.array
    const update = { contentHash: hash, ifMatch }
    if (kind === 'update') {
      if (item.correctedDose === null) return planUpdate(update, lineage, limit)
      return planMove(update, lineage, elsewhere, limit)
    }
    if (item.correctedDose !== null) {
      throw new Refusal('VALIDATION_ERROR', 'meta.correctedDose moves a certificate that is there: use PUT.')
    }
    const plan = planCertify(hash, lineage, elsewhere)
    if (plan.kind !== 'already_certified' || plan.sameContent) return plan
    if (door === 'v3') {
      throw new Refusal(
        'ALREADY_CERTIFIED',
        `This dose already has certificate ${plan.certificateId} with other content. To change it use PUT ${this.array.form === 'certifyV2' ? '/v1' : '/v3'}/certificate.`,
      )
    }
    this.duplicates.push({ index: item.index, lineageId: lineage!.id })
    return plan
  }

  /** For a move what stands at the dose it goes to; for a certify what began with this content and was moved away since. */
  private elsewhere(item: ReadItem, lineage: Lineage | null): Lineage | null {
    const { kind, caller } = this.array
    const { preEnrollmentCode, programId = '' } = item.record
    const ofProgramme = (other: Lineage) =>
      other.preEnrollmentCode === preEnrollmentCode && other.programId === (lineage?.programId ?? programId)
    const all = [...this.lineages.values()]
    if (kind === 'certify') {
      const moved = (other: Lineage) =>
        other.open && other.dose !== item.dose && other.original?.contentHash === item.contentHash
      return all.find((other) => ofProgramme(other) && moved(other)) ?? null
    }
    if (item.correctedDose === null) return null
    if (lineage) return all.find((other) => ofProgramme(other) && other.dose === item.correctedDose) ?? null
    const there = this.lineageAt(item, item.correctedDose).lineage
    return there && reaches(caller, there) ? there : null
  }

  /** The lineage of a certificate that was there already, at the dose that was asked for or at the one it was moved to. */
  private foundAt(plan: Exclude<Plan, { kind: 'issue' }>, lineage: Lineage | null, elsewhere: Lineage | null) {
    const { certificateId } = plan.kind === 'unchanged' ? plan.existing : plan
    const isOf = (one: Lineage | null) =>
      one !== null &&
      [one.headCertificateId, one.newest?.certificateId, one.original?.certificateId].includes(certificateId)
    if (isOf(lineage) || !elsewhere) return { found: lineage!, warning: null }
    const message = `This certificate was moved to dose ${elsewhere.dose}.`
    const path = pointer(this.array.type.lineage.sequence?.split('.') ?? [])
    return { found: elsewhere, warning: { path, message } }
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

  private add({ correctedDose }: ReadItem, record: CertificateRecord, hash: string, lineage: Lineage): Lineage {
    const { kind, type, context, caller, ifMatch, bulkRow, approved } = this.array
    this.used.add(lineage.id)
    const { meta, reason, ...rest } = record
    const before = kind === 'update' && lineage.newest ? personOf(lineage.newest.record, type) : null
    const transaction: NewTransaction = {
      id: context.uuid(),
      lineageId: lineage.id,
      sequence: lineage.nextSequence,
      kind,
      certificateId: newCertificateId(context.settings.certificateIdDigits, context.random),
      record: { ...rest, programId: lineage.programId || undefined, ...(meta ? { meta } : {}) },
      typeVersion: type.version,
      form: this.formOf(lineage),
      contentHash: hash,
      correctedDose,
      ifMatch: ifMatch === undefined ? null : conditionOf(lineage.newest),
      reason: reason ?? null,
      bulkRow: bulkRow ?? null,
      ...vouchedBy(type.approval, caller, before, personOf(record, type), approved?.reasons ?? null),
    }
    this.transactions.push(transaction)
    const { id: transactionId, certificateId } = transaction
    const after = withAccepted(lineage, {
      transactionId,
      certificateId,
      contentHash: hash,
      state: 'pending',
      form: transaction.form,
      correctedDose,
      record,
    })
    this.lineages.set(lineage.id, after)
    return after
  }

  /** A source system chooses by the address it calls; on a screen a certificate stays of the generation it is of. */
  private formOf({ newest }: Lineage): Form {
    const { caller, approved, form } = this.array
    return (approved ?? caller).channel === 'screen' && newest ? newest.form : form
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
      dose: item.dose,
      ...(item.correctedDose === null ? {} : { correctedDose: item.correctedDose }),
      certificateId: unwritten ? null : found.certificateId,
      previousCertificateId: plan.kind === 'issue' ? plan.previousCertificateId : null,
      updatesUsed: updatesUsed(after),
      updatesLimit: limit + after.extraUpdates,
      updatesRemaining: updatesRemaining(after, limit + after.extraUpdates),
      warnings: item.warnings,
      ...(this.array.kind === 'update' && before.newest ? { changes: differing(before.newest.record) } : {}),
      ...(plan.kind === 'already_certified' && !plan.sameContent
        ? { differs: differing(before.newest!.record).map((change) => change.path) }
        : {}),
    }
  }
}

/** What has to be issued for the update to make sense. A re-issue on its way may fail: the content is that of the one before. */
function conditionOf(newest: Accepted | null): string | null {
  if (newest?.state === 'pending' && newest.sameAs) return null
  return newest?.certificateId ?? null
}

/** JSON Pointer of what in an item is refused; "" = the item itself. */
function pathOf({ code }: Refusal, { correctedDose }: ReadItem, { lineage }: CertificateType): string {
  if (code === 'PROGRAM_REQUIRED') return '/programId'
  if (code === 'VALIDATION_ERROR') return '/meta/correctedDose'
  if (code === 'DOSE_TAKEN')
    return correctedDose === null ? pointer(lineage.sequence?.split('.') ?? []) : '/meta/correctedDose'
  return ''
}

/** The chain is ours to say: what a client writes about it in meta is not kept. */
function withOwnMeta(record: CertificateRecord): CertificateRecord {
  if (record.meta === undefined) return record
  const { previousCertificateId: _claimed, certificateType: _form, ...meta } = record.meta
  return { ...record, meta }
}
