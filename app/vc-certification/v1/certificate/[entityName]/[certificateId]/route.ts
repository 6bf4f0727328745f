/** GET and DELETE /vc-certification/v1/certificate/{entityName}/{certificateId} */
import { contract } from '@/lib/api/contract'
import { certificate, remove } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.entityCertificate, certificate),
  DELETE: serve(contract.removeEntity, remove),
})
