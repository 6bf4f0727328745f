/** POST certify and PUT certificate: the request's options handed to the use cases. */
import { acceptCertify, acceptUpdates, type AcceptOptions } from '@/lib/certificates/accept'
import type { contract } from '../contract'
import type { Input } from '../serve'

type Certify = Input<typeof contract.certify | typeof contract.divocCertify>
type Update = Input<typeof contract.updateCertificates | typeof contract.divocUpdateCertificates>

/** Accepts new certificates. */
export function certify(input: Certify) {
  return acceptCertify(input.context, input.caller, input.body, optionsOf(input))
}

/** Accepts updates. */
export function update(input: Update) {
  return acceptUpdates(input.context, input.caller, input.body, {
    ...optionsOf(input),
    ifMatch: input.headers['if-match'],
  })
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
