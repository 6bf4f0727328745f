/** GET /v3/audit/export */
import { contract } from '@/lib/api/contract'
import { file } from '@/lib/api/endpoints/audit'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.auditExport, file) })
