/** GET and POST /v3/openings */
import { contract } from '@/lib/api/contract'
import { open, own } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.ownOpenings, own),
  POST: serve(contract.openRecord, open),
})
