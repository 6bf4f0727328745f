/** POST and GET /vc-management/v1/schema */
import { contract } from '@/lib/api/contract'
import { schemas } from '@/lib/api/endpoints/vc-management'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.createSchema, schemas.create),
  GET: serve(contract.schemas, schemas.list),
})
