/** GET, PUT and DELETE /v3/types/{name}/versions/{version} */
import { contract } from '@/lib/api/contract'
import { types } from '@/lib/api/endpoints/types'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.typeVersion, types.version),
  PUT: serve(contract.changeTypeDraft, types.change),
  DELETE: serve(contract.dropTypeDraft, types.drop),
})
