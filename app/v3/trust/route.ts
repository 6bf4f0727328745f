/** GET and POST /v3/trust */
import { contract } from '@/lib/api/contract'
import { trust } from '@/lib/api/endpoints/trust'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.trustList, trust.list),
  POST: serve(contract.addTrusted, trust.add),
})
