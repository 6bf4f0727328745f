/** GET /v3/certificates/{certificateId}/doses */
import { dosesOfPerson } from '@/lib/certificates/doses'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** The doses of the person whom a certificate belongs to. */
export function personDoses({ context, caller, params }: Input<typeof contract.personDoses>) {
  return dosesOfPerson(context, caller, params.certificateId)
}
