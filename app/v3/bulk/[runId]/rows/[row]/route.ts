/** PUT /v3/bulk/{runId}/rows/{row} */
import { contract } from '@/lib/api/contract'
import { bulk } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ PUT: serve(contract.mendBulkRow, bulk.mend) })
