/** What accepting asks about requests for a second person: whose records may be asked about, and what waits already. */
import type { CertificateType } from '@/lib/certificate-types/type'
import type { Statements } from '@/lib/db'
import type { ApprovalReason } from './answers'
import type { Caller } from './caller'
import type { Context } from './context'
import type { ArrayToPlan, PlannedArray } from './plan-array'
import { personOf, vouchedPerson } from './person'
import { mayRead, reaches } from './reach'
import type { Identity } from './record'
import { updatesRemaining, type Lineage } from './rules'
import { approvalReasons } from './second-person'
import { lineageNow } from './store'
import { openRequests } from './store-requests'

/** The lineages that a person may read and not change, where the type lets their own supervisor be asked. */
export async function openedAmong(
  { kind, type, context, caller }: ArrayToPlan,
  lineages: Lineage[],
): Promise<ReadonlySet<string>> {
  const asks = kind === 'update' && caller.kind === 'operator' && type.approval?.otherFacility === true
  const others = asks ? lineages.filter((lineage) => lineage.reservedFor === null && !reaches(caller, lineage)) : []
  const opened = await Promise.all(others.map((lineage) => mayRead(context, caller, lineage)))
  return new Set(others.filter((_lineage, at) => opened[at]).map(({ id }) => id))
}

/**
 * One request at a time for a record: the same one again (of the same caller, with the same content) is the one that waits
 * already; any other is refused with its number. Under the lineages' locks.
 */
export async function joinOpenRequests(
  db: Statements,
  { caller, dryRun }: ArrayToPlan,
  planned: PlannedArray,
): Promise<void> {
  if (planned.requests.length === 0) return
  const open = await openRequests(
    db,
    planned.requests.map(({ lineageId }) => lineageId),
  )
  const isNew = planned.requests.map(({ lineageId, contentHash, indexes }) => {
    const waiting = open.find((one) => one.lineageId === lineageId)
    if (!waiting) return true
    const same = waiting.contentHash === contentHash && waiting.requestedById === caller.id
    const results = planned.results.filter(({ index }) => indexes.includes(index))
    for (const result of results) {
      if (same) result.approval!.requestId = dryRun ? null : waiting.id
      else {
        planned.results.splice(planned.results.indexOf(result), 1)
        const message = `Request ${waiting.id} for this certificate waits for a supervisor already.`
        planned.refused.push({ index: result.index, path: '', code: 'APPROVAL_PENDING', message })
      }
    }
    return false
  })
  planned.requests = planned.requests.filter((_request, at) => isNew[at])
}

/** Why a supervisor would be asked if the person of a certificate were corrected so; empty where nobody would be. */
export async function reasonsAhead(
  { db, settings, now }: Context,
  caller: Caller,
  type: CertificateType,
  certificateId: string,
  after: Identity,
): Promise<ApprovalReason[]> {
  const lineage = await lineageNow(db, certificateId, now())
  if (!lineage?.newest) return []
  const before = personOf(lineage.newest.record, type)
  const limit = (type.updateLimit ?? settings.updateLimit) + lineage.extraUpdates
  return approvalReasons(type.approval, caller, {
    vouched: lineage.vouched ? vouchedPerson(lineage.vouched, type) : before,
    before,
    after,
    remaining: updatesRemaining(lineage, limit),
    elsewhere: !reaches(caller, lineage),
  })
}
