/** GET and DELETE /v3/recent */
import { contract } from '@/lib/api/contract'
import { forget, recent } from '@/lib/api/endpoints/day'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.recent, recent),
  DELETE: serve(contract.forgetRecent, forget),
})
