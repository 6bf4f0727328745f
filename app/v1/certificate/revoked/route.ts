/** POST /v1/certificate/revoked */
import { contract } from '@/lib/api/contract'
import { revoked } from '@/lib/api/endpoints/revoked'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { POST: serve(contract.revoked, revoked) },
  { anyOrigin: true },
)
