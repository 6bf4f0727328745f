/** The question that verifiers in the field ask at every scan: 200 = replaced or revoked, 404 = looked up and it is not. */
import { isReplacedOrRevoked } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import type { contract } from '../contract'
import type { Input } from '../serve'
import { submittedCertificateId } from '../submitted-certificate'

/** A verifier takes 404 as "valid", so it is said only after a look-up that succeeded. */
export async function revoked({ context, body }: Input<typeof contract.revoked | typeof contract.divocRevoked>) {
  const certificateId = submittedCertificateId(body)
  if (await isReplacedOrRevoked(context, certificateId)) return { revoked: true as const }
  throw new Refusal('NOT_REVOKED', 'This certificate was neither replaced nor revoked.')
}
