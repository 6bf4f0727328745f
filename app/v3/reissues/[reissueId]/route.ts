/** GET and POST /v3/reissues/{reissueId} */
import { contract } from '@/lib/api/contract'
import { reissues } from '@/lib/api/endpoints/reissues'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.reissue, reissues.one),
  POST: serve(contract.steerReissue, reissues.steer),
})
