/** POST /v3/reissues/samples */
import { contract } from '@/lib/api/contract'
import { reissues } from '@/lib/api/endpoints/reissues'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.sampleReissue, reissues.samples),
})
