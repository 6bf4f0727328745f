/** GET /v3/bulk/{runId}/rows.csv */
import { contract } from '@/lib/api/contract'
import { resultFile } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.bulkFile, resultFile) })
