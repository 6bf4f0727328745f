/** GET /v3/reissues/{reissueId}/rows.csv */
import { contract } from '@/lib/api/contract'
import { file } from '@/lib/api/endpoints/reissues'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.reissueFile, file),
})
