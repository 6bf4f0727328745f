/** POST certify and PUT certificate: the request's options handed to the use cases. */
import { acceptCertify, acceptUpdates, type AcceptOptions } from '@/lib/certificates/accept'
import type { AcceptAnswer } from '@/lib/certificates/answers'
import { dropDrafts } from '@/lib/desk/draft'
import { takeConfirmation } from '@/lib/desk/store-confirmation'
import type { contract } from '../contract'
import type { Input } from '../serve'

type Certify = Input<typeof contract.certify | typeof contract.divocCertify>
type Update = Input<typeof contract.updateCertificates | typeof contract.divocUpdateCertificates>

/** Accepts new certificates. */
export function certify(input: Certify) {
  return acceptCertify(input.context, input.caller, input.body, optionsOf(input))
}

/** Accepts updates. What an operator sent is no draft any more; when this fails, the same request again (by its key) does it. */
export async function update(input: Update) {
  const { context, caller } = input
  const { 'if-match': ifMatch, 'holder-confirmation': confirmationId } = input.headers
  const answer = await acceptUpdates(context, caller, input.body, {
    ...optionsOf(input),
    ifMatch,
    ...(confirmationId && { takeConfirmation: (db) => takeConfirmation(db, caller.id, confirmationId) }),
  })
  if (caller.kind === 'operator' && !answer.dryRun) await dropDrafts(context, caller, replacedIn(answer))
  return answer
}

function replacedIn({ results }: AcceptAnswer): string[] {
  return results.flatMap(({ status, previousCertificateId }) =>
    status === 'accepted' && previousCertificateId !== null ? [previousCertificateId] : [],
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
