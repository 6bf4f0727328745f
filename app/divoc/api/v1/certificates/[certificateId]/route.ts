/** GET /divoc/api/v1/certificates/{certificateId} and DELETE /divoc/api/v1/certificates/{preEnrollmentCode} */
import { contract } from '@/lib/api/contract'
import { row } from '@/lib/api/endpoints/find'
import { revokeByDose } from '@/lib/api/endpoints/revocation'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.divocRegistryRow, row),
  DELETE: serve(contract.divocRevokeDoses, revokeByDose),
})
