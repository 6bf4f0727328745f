/** Questions about certificates, and the preview of a correction. */
import { preview } from '@/lib/certificates/preview'
import { findLineages, findTransaction, registryRow } from '@/lib/certificates/read'
import type { contract } from '../contract'
import { json } from '../reply'
import type { Input } from '../serve'
import { APPLIED, outcomesOf } from '../wait'

/** GET /v3/certificates?preEnrollmentCode= */
export function lineages({ context, caller, query }: Input<typeof contract.lineages | typeof contract.divocLineages>) {
  return findLineages(context, caller, query)
}

/** GET /v3/transactions/{transactionId} */
export async function transaction(input: Input<typeof contract.transaction | typeof contract.divocTransaction>) {
  const { context, caller, params } = input
  const found = await findTransaction(context, caller, params.transactionId)
  const outcomes = await outcomesOf(input, [found.transactionId])
  if (!outcomes) return found
  return json(await findTransaction(context, caller, found.transactionId), 200, APPLIED)
}

/** GET /v1/certificates/{certificateId} */
export function row(input: Input<typeof contract.registryRow | typeof contract.divocRegistryRow>) {
  return registryRow(input.context, input.caller, input.params.certificateId)
}

/** POST /v3/preview */
export function draft({ context, caller, body, request }: Input<typeof contract.preview>) {
  return preview(context, caller, body, request.signal)
}
