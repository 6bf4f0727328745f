/** PUT /vc-certification/v1/certify/{entityName}/{certificateId} */
import { contract } from '@/lib/api/contract'
import { replace } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PUT: serve(contract.replaceEntity, replace),
})
