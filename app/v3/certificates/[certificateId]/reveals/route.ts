/** GET and POST /v3/certificates/{certificateId}/reveals */
import { contract } from '@/lib/api/contract'
import { reveal, revealed } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.revealedValues, revealed),
  POST: serve(contract.revealValues, reveal),
})
