/** POST certify and PUT certificate: the request's options handed to the use cases. */
import { typeNamed } from '@/lib/certificate-types/live'
import { TEST_TYPE, VACCINATION_TYPE } from '@/lib/certificate-types/names'
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
type CertifyOfType = Input<typeof contract.certifyOfType | typeof contract.divocCertifyOfType>
type CertifyTest = Input<typeof contract.certifyTest | typeof contract.divocCertifyTest>
type Certify = CertifyV1 | CertifyOfType | CertifyTest | Input<typeof contract.certify | typeof contract.divocCertify>
type UpdateV1 = Input<typeof contract.updateCertificatesV1 | typeof contract.divocUpdateCertificatesV1>
type UpdateOfType = Input<typeof contract.updateOfType | typeof contract.divocUpdateOfType>
type Update =
  UpdateV1 | UpdateOfType | Input<typeof contract.updateCertificates | typeof contract.divocUpdateCertificates>

/** Accepts new certificates. */
export function certify(input: Certify) {
  return certifyAs(input, { type: VACCINATION_TYPE, form: 'certifyV3' })
}

/** Accepts new certificates of the type that the address names. */
export async function certifyOfType(input: CertifyOfType) {
  return certifyAs(input, await named(input, input.params.entityType))
}

/** Accepts new test results. */
export async function certifyTest(input: CertifyTest) {
  return certifyAs(input, await named(input, TEST_TYPE))
}

async function certifyAs(input: Certify, what: What) {
  const answer = await acceptCertify(input.context, input.caller, input.body, optionsOf(input, what))
  return afterWaiting(input, answer)
}

/** Accepts new certificates of the first generation. */
export function certifyV1(input: CertifyV1) {
  return certifyAs(input, { type: VACCINATION_TYPE, form: 'certifyV2' })
}

/** Accepts updates. */
export function update(input: Update) {
  return updateAs(input, { type: VACCINATION_TYPE, form: 'certifyV3' })
}

/** Accepts updates of certificates of the type that the address names. */
export async function updateOfType(input: UpdateOfType) {
  return updateAs(input, await named(input, input.params.entityType))
}

/** What an operator sent is no draft any more; when this fails, the same request again (by its key) does it. */
async function updateAs(input: Update, what: What) {
  const { context, caller } = input
  const { 'if-match': ifMatch, 'holder-confirmation': confirmationId } = input.headers
  const options: AcceptOptions = {
    ...optionsOf(input, what),
    ifMatch,
    ...(confirmationId && { takeConfirmation: (db) => takeConfirmation(db, caller.id, confirmationId) }),
  }
  const answer = await notingRefused(
    context,
    caller,
    { type: what.type, body: input.body, dryRun: options.dryRun },
    () => acceptUpdates(context, caller, input.body, options),
  )
  if (caller.kind === 'operator' && !answer.dryRun) await dropDrafts(context, caller, replacedIn(answer))
  return afterWaiting(input, answer)
}

/** Accepts updates of the first generation. */
export function updateV1(input: UpdateV1) {
  return updateAs(input, { type: VACCINATION_TYPE, form: 'certifyV2' })
}

function replacedIn({ results }: AcceptAnswer): string[] {
  return results.flatMap(({ status, previousCertificateId }) =>
    (status === 'accepted' || status === 'awaiting_approval') && previousCertificateId !== null
      ? [previousCertificateId]
      : [],
  )
}

interface What {
  /** Name of the certificate type. */
  type: string
  form: Form
}

/** What an address names. Refusal SCHEMA_NOT_FOUND. */
async function named({ context }: Certify | Update, nameOrAlias: string): Promise<What> {
  const { type } = await typeNamed(context, nameOrAlias)
  return { type: type.name, form: 'certifyV3' }
}

function optionsOf({ endpoint, headers, query }: Certify | Update, { type, form }: What): AcceptOptions {
  return {
    type,
    form,
    door: endpoint.door,
    method: endpoint.method,
    // By another name of the type the same key means the same request.
    path: endpoint.path.replace('{entityType}', type),
    idempotencyKey: headers['idempotency-key'],
    dryRun: query.dryRun,
  }
}
