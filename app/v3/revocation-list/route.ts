/** GET /v3/revocation-list */
import { contract } from '@/lib/api/contract'
import { index } from '@/lib/api/endpoints/status-lists'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.revocationList, index) },
  { anyOrigin: true },
)
