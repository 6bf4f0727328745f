/** POST /v3/certificates/{certificateId}/suspend */
import { contract } from '@/lib/api/contract'
import { suspend } from '@/lib/api/endpoints/revocation'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.suspendCertificate, suspend),
})
