/** POST and GET /v3/certificates/{certificateId}/links */
import { contract } from '@/lib/api/contract'
import { list, make } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.makeHolderLink, make),
  GET: serve(contract.listHolderLinks, list),
})
