/** GET and PUT /v3/trust/{issuerId} */
import { contract } from '@/lib/api/contract'
import { trust } from '@/lib/api/endpoints/trust'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.trusted, trust.one),
  PUT: serve(contract.changeTrusted, trust.change),
})
