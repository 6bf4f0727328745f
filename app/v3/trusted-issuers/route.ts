/** GET /v3/trusted-issuers */
import { contract } from '@/lib/api/contract'
import { published } from '@/lib/api/endpoints/trust'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.trustedIssuers, published) },
  { anyOrigin: true },
)
