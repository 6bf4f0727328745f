/** GET and POST /v3/bulk */
import { contract } from '@/lib/api/contract'
import { bulk, upload } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.bulkRuns, bulk.list),
  POST: serve(contract.uploadBulk, upload),
})
