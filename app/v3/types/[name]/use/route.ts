/** GET /v3/types/{name}/use */
import { contract } from '@/lib/api/contract'
import { types } from '@/lib/api/endpoints/types'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.typeUse, types.use),
})
