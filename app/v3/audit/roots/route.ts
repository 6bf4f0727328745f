/** GET /v3/audit/roots */
import { contract } from '@/lib/api/contract'
import { roots } from '@/lib/api/endpoints/audit'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.publishedAuditRoots, roots) },
  { anyOrigin: true },
)
