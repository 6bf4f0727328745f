/** GET /v3/type-overview */
import { contract } from '@/lib/api/contract'
import { types } from '@/lib/api/endpoints/types'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.typeOverview, types.overview),
})
