/** POST and PUT /vc-certification/v1/certify/{entityName} */
import { contract } from '@/lib/api/contract'
import { certify } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.certifyEntity, certify),
  PUT: serve(contract.updateEntity, certify),
})
