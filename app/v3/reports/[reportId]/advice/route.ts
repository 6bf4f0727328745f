/** GET /v3/reports/{reportId}/advice */
import { contract } from '@/lib/api/contract'
import { adviceOfReport } from '@/lib/api/endpoints/day'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.reportAdvice, adviceOfReport),
})
