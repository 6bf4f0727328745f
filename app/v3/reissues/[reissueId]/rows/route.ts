/** GET /v3/reissues/{reissueId}/rows */
import { contract } from '@/lib/api/contract'
import { reissues } from '@/lib/api/endpoints/reissues'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.reissueRows, reissues.rows),
})
