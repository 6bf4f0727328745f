/** GET /v3/certificates/{certificateId}/status */
import { contract } from '@/lib/api/contract'
import { status } from '@/lib/api/endpoints/verification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.certificateStatus, status) },
  { anyOrigin: true },
)
