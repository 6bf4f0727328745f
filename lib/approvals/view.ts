/** Turns a request for a second person into what is answered. */
import { typeInForce } from '@/lib/certificate-types/live'
import { has, type Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { personOf, totalIn } from '@/lib/certificates/person'
import { reaches } from '@/lib/certificates/reach'
import { initialsOf } from '@/lib/desk/initials'
import type { ApprovalView, RequestState } from './answers'
import { isMine } from './access'
import { isOpen } from './rules'
import type { RequestRow } from './store'

/** A request as its list shows it. */
export function viewOf(context: Pick<Context, 'db'>, row: RequestRow, caller: Caller): ApprovalView {
  const type = typeInForce(context, row.type)
  const mine = isMine(row, caller)
  const open = isOpen(row.state)
  return {
    requestId: row.id,
    state: stateOf(row),
    reasons: row.reasons,
    subject: {
      type: row.type,
      preEnrollmentCode: row.preEnrollmentCode,
      programId: row.programId,
      dose: row.dose,
      totalDoses: totalIn(row.base, type),
      initials: initialsOf(personOf(row.base, type).name),
      facility: { code: row.facilityCode, name: row.facilityName },
    },
    certificateId: row.certificateId,
    newest: row.newest,
    conflict: row.conflict,
    requestedBy: { name: row.requestedByName, you: mine },
    requestedAt: row.requestedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    decidedBy: row.decidedById === null ? null : { name: row.decidedByName!, you: row.decidedById === caller.id },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    transactionId: row.transactionId,
    newCertificateId: row.newCertificateId,
    failure: row.failureCode === null ? null : { code: row.failureCode, message: row.failureMessage ?? '' },
    extraUpdate: row.extraUpdate,
    may: {
      decide: open && !mine && has(caller, 'supervisor') && reaches(caller, row),
      answer: mine && row.state === 'waiting-for-information' && row.conflict === null,
      withdraw: mine && open,
    },
  }
}

/** FHIR tells the decision from its work being done. */
function stateOf({ state, transactionState }: RequestRow): RequestState {
  return state === 'accepted' && transactionState === 'issued' ? 'amendment-completed' : state
}
