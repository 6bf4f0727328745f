/** POST /vc-management/v1/context */
import { contract } from '@/lib/api/contract'
import { contexts } from '@/lib/api/endpoints/vc-management'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.addContext, contexts.add),
})
