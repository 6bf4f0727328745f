/** GET and POST /v3/checks */
import { contract } from '@/lib/api/contract'
import { list, start } from '@/lib/api/endpoints/checks'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.checks, list),
  POST: serve(contract.startCheck, start),
})
