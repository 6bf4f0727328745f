/** GET and POST /v3/certificates/{certificateId}/prints */
import { contract } from '@/lib/api/contract'
import { count, list } from '@/lib/api/endpoints/printing'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.prints, list),
  POST: serve(contract.countPrint, count),
})
