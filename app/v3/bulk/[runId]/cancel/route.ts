/** POST /v3/bulk/{runId}/cancel */
import { contract } from '@/lib/api/contract'
import { bulk } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.cancelBulk, bulk.cancel) })
