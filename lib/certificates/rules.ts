/** The rules of a lineage: what a certify or an update does to it. Pure: the lineage, the limit and the request come as arguments. */
import type { Form } from '@/lib/certificate-types/type'
import { Refusal } from '@/lib/errors'
import type { StatusReason } from './answers'
import type { CertificateRecord } from './record'

/** What a transaction does: the first certificate of a lineage, one with other content, or the same content made anew. */
export type TransactionKind = 'certify' | 'update' | 'reissue'

/** One accepted request of a lineage that has not failed. */
export interface Accepted {
  transactionId: string
  certificateId: string
  contentHash: string
  state: 'pending' | 'issued'
  /** The dose that this request moves the lineage to (a move to another dose), null for every other request. */
  correctedDose: number | null
  /** Which credential it becomes. */
  form: Form
  record: CertificateRecord
  /** Earlier certificates with exactly this content: only re-issues lie between. Known of what is read under the lock. */
  sameAs?: readonly string[]
}

export interface Vouched {
  name: CertificateRecord
  birth: CertificateRecord
}

/** What the rules need to know of a lineage. Read it under the lineage's lock. */
export interface Lineage {
  id: string
  preEnrollmentCode: string
  programId: string
  dose: number
  facilityCode: string
  /** False once every certificate of this generation is revoked or its original failed. */
  open: boolean
  /** A placeholder: this dose is kept for the lineage with this id, whose accepted move is not issued yet. */
  reservedFor: string | null
  headCertificateId: string | null
  headTransactionId: string | null
  headState: 'current' | 'superseded' | 'revoked' | 'suspended' | null
  updatesIssued: number
  updatesPending: number
  /** Updates beyond the limit that were granted. */
  extraUpdates: number
  nextSequence: number
  original: Accepted | null
  newest: Accepted | null
  /** The records with the name, and with the date of birth, that somebody answered for (second-person.ts); null without any. */
  vouched: Vouched | null
}

export type Plan =
  | { kind: 'issue'; previousCertificateId: string | null }
  | { kind: 'already_certified'; transactionId: string; certificateId: string; sameContent: boolean }
  | { kind: 'unchanged'; existing: Accepted }

/** A lineage was closed, moved or taken between opening it and locking it: begin again, with the one that is there now. */
export class LineageClosed extends Error {
  constructor() {
    super('The lineage was closed or moved while its lock was waited for.')
    this.name = 'LineageClosed'
  }
}

/**
 * What a certify does: issue the original, or find that it is there already (with the same content, or with another).
 * Then it names the newest version if that is what was asked for, else the current one, else the original being issued.
 * `moved` is the lineage that began with exactly this content and was moved to another dose since: whoever sends the old
 * record again must not bring back the mistake. Throws LineageClosed when the lineage was closed or taken away (null) in the meantime, and a
 * Refusal while the dose is kept for a move.
 */
export function planCertify(contentHash: string, lineage: Lineage | null, moved: Lineage | null = null): Plan {
  if (!lineage?.open) throw new LineageClosed()
  if (lineage.reservedFor !== null) throw doseTaken(lineage)
  const { original, newest } = lineage
  if (original === null && moved) return alreadyCertified(currentOf(moved), true)
  if (original === null) return { kind: 'issue', previousCertificateId: null }
  if (newest && contentHash === newest.contentHash) return alreadyCertified(newest, true)
  return alreadyCertified(currentOf(lineage), contentHash === original.contentHash)
}

/** The current certificate of a lineage, else its original on the way. */
function currentOf({ headCertificateId, headTransactionId, original }: Lineage) {
  return headCertificateId && headTransactionId
    ? { certificateId: headCertificateId, transactionId: headTransactionId }
    : original!
}

function alreadyCertified(by: Pick<Accepted, 'transactionId' | 'certificateId'>, sameContent: boolean): Plan {
  const { transactionId, certificateId } = by
  return { kind: 'already_certified', transactionId, certificateId, sameContent }
}

export interface UpdateToPlan {
  contentHash: string
  /** The certificates that the caller's If-Match names: the newest accepted one has to be among them. */
  ifMatch?: readonly string[]
}

/**
 * What an update does. Throws a Refusal when the lineage does not allow it.
 * "Unchanged" is decided before the precondition: a retry whose first answer was lost finds its own work done.
 */
export function planUpdate(request: UpdateToPlan, lineage: Lineage | null, limit: number): Plan {
  const { newest } = correctable(lineage)
  if (request.contentHash === newest.contentHash) return { kind: 'unchanged', existing: newest }
  refuseStale(request, newest)
  if (newest.state === 'pending' && newest.correctedDose !== null) {
    throw new Refusal(
      'UPDATE_PENDING',
      `Dose ${lineage!.dose} is being moved to dose ${newest.correctedDose}. Update it there when that is issued.`,
    )
  }
  refuseWithoutPlace(lineage!, limit)
  return { kind: 'issue', previousCertificateId: newest.certificateId }
}

/**
 * What a move to another dose does: an update that also takes the lineage to the key of `target`, the newest lineage that
 * stands there (null = none). The dose must be kept for this lineage by then. `contentHash` is that of the record with the
 * new dose. A retry after the move was issued finds nothing at the old dose and its own work at the new one: unchanged.
 * Throws LineageClosed when the dose was freed or closed in the meantime.
 */
export function planMove(request: UpdateToPlan, lineage: Lineage | null, target: Lineage | null, limit: number): Plan {
  const arrived = target?.newest
  const nothingThere = !lineage?.newest || !lineage.open
  if (nothingThere && arrived?.correctedDose === target?.dose && arrived?.contentHash === request.contentHash) {
    return { kind: 'unchanged', existing: arrived! }
  }
  const { newest } = correctable(lineage)
  if (request.contentHash === newest.contentHash) return { kind: 'unchanged', existing: newest }
  refuseStale(request, newest)
  if (newest.state === 'pending') {
    throw new Refusal(
      'UPDATE_PENDING',
      `Another request for dose ${lineage!.dose} is being issued. It can be moved when that is done.`,
    )
  }
  if (!target?.open) throw new LineageClosed()
  if (target.reservedFor !== lineage!.id) throw doseTaken(target)
  refuseWithoutPlace(lineage!, limit)
  return { kind: 'issue', previousCertificateId: newest.certificateId }
}

/** A lineage that has a certificate, or one on its way, and is neither revoked nor suspended. */
function correctable(lineage: Lineage | null): { newest: Accepted } {
  if (lineage === null || lineage.newest === null) {
    if (lineage?.headState === 'revoked') throw new Refusal('CERTIFICATE_REVOKED', 'This certificate was revoked.')
    throw new Refusal('CERTIFICATE_NOT_FOUND', 'There is no certificate for this code, programme and dose.')
  }
  if (!lineage.open || lineage.headState === 'revoked') {
    throw new Refusal('CERTIFICATE_REVOKED', 'This certificate was revoked.')
  }
  if (lineage.headState === 'suspended') {
    throw new Refusal('CERTIFICATE_SUSPENDED', 'This certificate is suspended.')
  }
  return { newest: lineage.newest }
}

/** Whoever read the certificate before it was issued anew read the same content: nothing of anybody's would be overwritten. */
function refuseStale({ ifMatch }: UpdateToPlan, { certificateId, sameAs = [] }: Accepted): void {
  if (ifMatch === undefined || [certificateId, ...sameAs].some((id) => ifMatch.includes(id))) return
  const named = ifMatch.length === 1 ? `Certificate ${ifMatch[0]}` : 'The certificate that this update was made for'
  throw new Refusal('STALE_VERSION', `${named} is not the newest one any more. The newest is ${certificateId}.`)
}

function refuseWithoutPlace(lineage: Lineage, limit: number): void {
  if (updatesRemaining(lineage, limit) > 0) return
  const used = updatesUsed(lineage)
  throw new Refusal('UPDATE_LIMIT_REACHED', `No updates are left: ${used} of ${limit} are used.`)
}

/** Somebody else is at a dose, or will be. */
function doseTaken({ dose, reservedFor, newest }: Lineage): Refusal {
  if (reservedFor !== null) {
    return new Refusal('DOSE_TAKEN', `Dose ${dose} is kept for a certificate that is being moved there.`)
  }
  const by = newest ? ` It has certificate ${newest.certificateId}.` : ''
  return new Refusal(
    'DOSE_TAKEN',
    `Dose ${dose} is taken.${by} To exchange two doses, move one of them to a free number first.`,
  )
}

/** The lineage as it is once a planned item is accepted: later items of the same array see it so. */
export function withAccepted(lineage: Lineage, accepted: Accepted): Lineage {
  const isOriginal = lineage.original === null
  return {
    ...lineage,
    original: lineage.original ?? accepted,
    newest: accepted,
    updatesPending: lineage.updatesPending + (isOriginal ? 0 : 1),
    nextSequence: lineage.nextSequence + 1,
  }
}

/** Updates issued plus pending. */
export function updatesUsed(lineage: Pick<Lineage, 'updatesIssued' | 'updatesPending'>): number {
  return lineage.updatesIssued + lineage.updatesPending
}

/** Updates that are left; never negative, also when the limit was lowered after they were used. */
export function updatesRemaining(lineage: Pick<Lineage, 'updatesIssued' | 'updatesPending'>, limit: number): number {
  return Math.max(0, limit - updatesUsed(lineage))
}

/** What the issuing step knows of a lineage at the moment of writing. */
export interface Head {
  open: boolean
  revision: number
  certificateId: string | null
  state: Lineage['headState']
}

/** Position and predecessor of the certificate that an accepted request becomes. Throws a Refusal when it can never become one. */
export function planIssue(
  transaction: { kind: TransactionKind; ifMatch: string | null },
  head: Head,
): { revision: number; predecessorId: string | null } {
  if (transaction.kind === 'certify') {
    if (!head.open || head.certificateId !== null) {
      throw new Refusal('ALREADY_CERTIFIED', 'This dose already has a certificate.')
    }
    return { revision: 0, predecessorId: null }
  }
  if (head.certificateId === null) {
    throw new Refusal('PREVIOUS_FAILED', 'The certificate that this update was to replace could not be issued.')
  }
  if (!head.open || head.state === 'revoked') throw new Refusal('CERTIFICATE_REVOKED', 'This certificate was revoked.')
  if (head.state === 'suspended') throw new Refusal('CERTIFICATE_SUSPENDED', 'This certificate is suspended.')
  if (transaction.ifMatch !== null && transaction.ifMatch !== head.certificateId) {
    throw new Refusal(
      'STALE_VERSION',
      `Certificate ${transaction.ifMatch}, which this update was made for, was not issued.`,
    )
  }
  return { revision: head.revision + 1, predecessorId: head.certificateId }
}

/** Where a certificate stands that is to be revoked, suspended or lifted. Read it under the lineage's lock. */
export interface Standing {
  certificateId: string
  /** The newest issued certificate of its lineage. */
  headCertificateId: string
  /** What counts: a suspension whose end has come is none. */
  state: 'current' | 'superseded' | 'revoked' | 'suspended'
  /** When a suspension ends by itself. */
  until: Date | null
  /** What was said when it came into this state. */
  reason: StatusReason | null
  wasSuspended: boolean
}

export type StatusPlan = { kind: 'unchanged' } | { kind: 'change'; state: 'current' | 'revoked' | 'suspended' }

/** What revoking does: the end, for good. The same request again finds its work done; another reason is refused. */
export function planRevoke(standing: Standing, reason: StatusReason): StatusPlan {
  refuseReplaced(standing)
  if (standing.state !== 'revoked') return { kind: 'change', state: 'revoked' }
  if (sameReason(standing.reason, reason)) return { kind: 'unchanged' }
  throw new Refusal('CERTIFICATE_REVOKED', 'This certificate was revoked already, for another reason. That is final.')
}

/** What suspending does. Suspending again changes the end or the reason. `until` null = until it is lifted. */
export function planSuspend(standing: Standing, reason: StatusReason, until: Date | null, now: Date): StatusPlan {
  refuseReplaced(standing)
  refuseRevoked(standing)
  const same = standing.state === 'suspended' && sameReason(standing.reason, reason)
  if (same && standing.until?.getTime() === until?.getTime()) return { kind: 'unchanged' }
  if (until !== null && until <= now) throw new Refusal('VALIDATION_ERROR', 'The end of a suspension has to come yet.')
  return { kind: 'change', state: 'suspended' }
}

/** What lifting a suspension does. One that is over already, by itself or by the same request, leaves nothing to do. */
export function planLift(standing: Standing): StatusPlan {
  refuseReplaced(standing)
  refuseRevoked(standing)
  if (standing.state === 'suspended') return { kind: 'change', state: 'current' }
  if (standing.wasSuspended) return { kind: 'unchanged' }
  throw new Refusal('NOT_SUSPENDED', 'This certificate is not suspended.')
}

function refuseReplaced({ certificateId, headCertificateId, state }: Standing): void {
  if (state !== 'superseded') return
  throw new Refusal('STALE_VERSION', `Certificate ${certificateId} was replaced. The newest is ${headCertificateId}.`)
}

function refuseRevoked({ state }: Standing): void {
  if (state === 'revoked') throw new Refusal('CERTIFICATE_REVOKED', 'This certificate was revoked. That is final.')
}

function sameReason(one: StatusReason | null, other: StatusReason): boolean {
  return one?.cause === other.cause && (one.note ?? '') === (other.note ?? '')
}
