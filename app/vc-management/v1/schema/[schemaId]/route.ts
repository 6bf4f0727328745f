/** GET and PUT /vc-management/v1/schema/{schemaId} */
import { contract } from '@/lib/api/contract'
import { schemas } from '@/lib/api/endpoints/vc-management'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.oneSchema, schemas.one),
  PUT: serve(contract.updateSchema, schemas.update),
})
