/** PUT /v1/certificate */
import { contract } from '@/lib/api/contract'
import { updateV1 } from '@/lib/api/endpoints/accept'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PUT: serve(contract.updateCertificatesV1, updateV1),
})
