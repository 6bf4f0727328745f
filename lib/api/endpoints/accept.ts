/** POST certify and PUT certificate: the request's options handed to the use cases. */
import type { Form } from '@/lib/certificate-types/type'
import { acceptCertify, acceptUpdates, type AcceptOptions } from '@/lib/certificates/accept'
import type { AcceptAnswer } from '@/lib/certificates/answers'
import { dropDrafts } from '@/lib/desk/draft'
import { notingRefused } from '@/lib/desk/refused-updates'
import { takeConfirmation } from '@/lib/desk/store-confirmation'
import type { contract } from '../contract'
import type { Input } from '../serve'
import { afterWaiting } from '../wait'

type CertifyV1 = Input<typeof contract.certifyV1 | typeof contract.divocCertifyV1>
type Certify = CertifyV1 | Input<typeof contract.certify | typeof contract.divocCertify>
type UpdateV1 = Input<typeof contract.updateCertificatesV1 | typeof contract.divocUpdateCertificatesV1>
type Update = UpdateV1 | Input<typeof contract.updateCertificates | typeof contract.divocUpdateCertificates>

/** Accepts new certificates. */
export async function certify(input: Certify, form: Form = 'certifyV3') {
  const answer = await acceptCertify(input.context, input.caller, input.body, { ...optionsOf(input), form })
  return afterWaiting(input, answer)
}

/** Accepts new certificates of the first generation. */
export function certifyV1(input: CertifyV1) {
  return certify(input, 'certifyV2')
}

/** Accepts updates. What an operator sent is no draft any more; when this fails, the same request again (by its key) does it. */
export async function update(input: Update, form: Form = 'certifyV3') {
  const { context, caller } = input
  const { 'if-match': ifMatch, 'holder-confirmation': confirmationId } = input.headers
  const options: AcceptOptions = {
    ...optionsOf(input),
    form,
    ifMatch,
    ...(confirmationId && { takeConfirmation: (db) => takeConfirmation(db, caller.id, confirmationId) }),
  }
  const answer = await notingRefused(context, caller, { body: input.body, dryRun: options.dryRun }, () =>
    acceptUpdates(context, caller, input.body, options),
  )
  if (caller.kind === 'operator' && !answer.dryRun) await dropDrafts(context, caller, replacedIn(answer))
  return afterWaiting(input, answer)
}

/** Accepts updates of the first generation. */
export function updateV1(input: UpdateV1) {
  return update(input, 'certifyV2')
}

function replacedIn({ results }: AcceptAnswer): string[] {
  return results.flatMap(({ status, previousCertificateId }) =>
    (status === 'accepted' || status === 'awaiting_approval') && previousCertificateId !== null
      ? [previousCertificateId]
      : [],
  )
}

function optionsOf({ endpoint, headers, query }: Certify | Update): AcceptOptions {
  return {
    door: endpoint.door,
    method: endpoint.method,
    path: endpoint.path,
    idempotencyKey: headers['idempotency-key'],
    dryRun: query.dryRun,
  }
}
