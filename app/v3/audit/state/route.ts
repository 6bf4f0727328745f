/** GET /v3/audit/state */
import { contract } from '@/lib/api/contract'
import { state } from '@/lib/api/endpoints/audit'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.auditLogState, state) })
