/** GET /divoc/api/v3/certificates/{certificateId}, with or without an ending */
import { contract } from '@/lib/api/contract'
import { certificate } from '@/lib/api/endpoints/certificate'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.divocCertificate, certificate),
})
