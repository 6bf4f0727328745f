/** GET, PUT and DELETE /vc-management/v1/context/{contextId} */
import { contract } from '@/lib/api/contract'
import { contexts } from '@/lib/api/endpoints/vc-management'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.jsonLdContext, contexts.one),
  PUT: serve(contract.changeContext, contexts.change),
  DELETE: serve(contract.removeContext, contexts.remove),
})
