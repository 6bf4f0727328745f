/** GET and POST /v3/reissues */
import { contract } from '@/lib/api/contract'
import { reissues } from '@/lib/api/endpoints/reissues'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.reissues, reissues.list),
  POST: serve(contract.addReissue, reissues.add),
})
