/** Revoking, suspending, lifting: the request's reason and key handed to the use cases. */
import { changeStatus, type ChangeToMake } from '@/lib/certificates/change-status'
import { revokeDoses } from '@/lib/certificates/revoke-doses'
import type { contract } from '../contract'
import type { Input } from '../serve'

type Change = Input<
  typeof contract.revokeCertificate | typeof contract.suspendCertificate | typeof contract.liftSuspension
>

/** POST /v3/certificates/{certificateId}/revoke */
export function revoke(input: Input<typeof contract.revokeCertificate>) {
  return change(input, { action: 'revoke', reason: input.body.reason })
}

/** POST /v3/certificates/{certificateId}/suspend */
export function suspend(input: Input<typeof contract.suspendCertificate>) {
  const { reason, until = null } = input.body
  return change(input, { action: 'suspend', reason, until })
}

/** POST /v3/certificates/{certificateId}/lift */
export function lift(input: Input<typeof contract.liftSuspension>) {
  return change(input, { action: 'lift', reason: input.body.reason })
}

/** DELETE /v1/certificates/{preEnrollmentCode} */
export function revokeByDose(input: Input<typeof contract.revokeDoses | typeof contract.divocRevokeDoses>) {
  const { context, caller, params, query } = input
  const { doses = [], allDoses = false, cause } = query
  const asked = { preEnrollmentCode: params.certificateId, doses, allDoses, reason: { cause } }
  return revokeDoses(context, caller, asked, keyedBy(input))
}

function change(input: Change, change: Omit<ChangeToMake, 'certificateId'>) {
  const { certificateId } = input.params
  return changeStatus(input.context, input.caller, { certificateId, ...change }, keyedBy(input))
}

function keyedBy({ endpoint, headers }: Pick<Change, 'headers'> & { endpoint: { method: string; path: string } }) {
  return { method: endpoint.method, path: endpoint.path, idempotencyKey: headers['idempotency-key'] }
}
