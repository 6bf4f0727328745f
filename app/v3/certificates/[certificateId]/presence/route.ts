/** PUT, GET and DELETE /v3/certificates/{certificateId}/presence */
import { contract } from '@/lib/api/contract'
import { gone, here, others } from '@/lib/api/endpoints/presence'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.presence, others),
  PUT: serve(contract.bePresent, here),
  DELETE: serve(contract.leavePresence, gone),
})
