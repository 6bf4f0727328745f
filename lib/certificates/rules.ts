/** The rules of a lineage: what a certify or an update does to it. Pure: the lineage, the limit and the request come as arguments. */
import { Refusal } from '@/lib/errors'
import type { CertificateRecord } from './record'

/** One accepted request of a lineage that has not failed. */
export interface Accepted {
  transactionId: string
  certificateId: string
  contentHash: string
  state: 'pending' | 'issued'
  record: CertificateRecord
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
  headCertificateId: string | null
  headTransactionId: string | null
  headState: 'current' | 'superseded' | 'revoked' | 'suspended' | null
  updatesIssued: number
  updatesPending: number
  nextSequence: number
  original: Accepted | null
  newest: Accepted | null
}

export type Plan =
  | { kind: 'issue'; previousCertificateId: string | null }
  | { kind: 'already_certified'; transactionId: string; certificateId: string; sameContent: boolean }
  | { kind: 'unchanged'; existing: Accepted }

/** A lineage was closed between opening it for a certify and locking it: begin again, on its next generation. */
export class LineageClosed extends Error {
  constructor() {
    super('The lineage was closed while its lock was waited for.')
    this.name = 'LineageClosed'
  }
}

/**
 * What a certify does: issue the original, or find that it is there already (with the same content, or with another).
 * Then it names the newest version if that is what was asked for, else the current one, else the original being issued.
 * Throws LineageClosed when the lineage was closed in the meantime.
 */
export function planCertify(contentHash: string, lineage: Lineage): Plan {
  if (!lineage.open) throw new LineageClosed()
  const { original, newest, headCertificateId, headTransactionId } = lineage
  if (original === null) return { kind: 'issue', previousCertificateId: null }
  if (newest && contentHash === newest.contentHash) return alreadyCertified(newest, true)
  const current =
    headCertificateId && headTransactionId
      ? { certificateId: headCertificateId, transactionId: headTransactionId }
      : original
  return alreadyCertified(current, contentHash === original.contentHash)
}

function alreadyCertified(by: Pick<Accepted, 'transactionId' | 'certificateId'>, sameContent: boolean): Plan {
  const { transactionId, certificateId } = by
  return { kind: 'already_certified', transactionId, certificateId, sameContent }
}

/**
 * What an update does. Throws a Refusal when the lineage does not allow it.
 * "Unchanged" is decided before the precondition: a retry whose first answer was lost finds its own work done.
 */
export function planUpdate(
  request: { contentHash: string; ifMatch?: string },
  lineage: Lineage | null,
  limit: number,
): Plan {
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
  if (request.contentHash === lineage.newest.contentHash) return { kind: 'unchanged', existing: lineage.newest }
  if (request.ifMatch !== undefined && request.ifMatch !== lineage.newest.certificateId) {
    throw new Refusal(
      'STALE_VERSION',
      `Certificate ${request.ifMatch} is not the newest one any more. The newest is ${lineage.newest.certificateId}.`,
    )
  }
  if (updatesRemaining(lineage, limit) === 0) {
    const used = updatesUsed(lineage)
    throw new Refusal('UPDATE_LIMIT_REACHED', `No updates are left for this dose: ${used} of ${limit} are used.`)
  }
  return { kind: 'issue', previousCertificateId: lineage.newest.certificateId }
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
  transaction: { kind: 'certify' | 'update'; ifMatch: string | null },
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
