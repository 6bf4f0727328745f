/** GET /.well-known/jwks.json */
import { contract } from '@/lib/api/contract'
import { jwks } from '@/lib/api/endpoints/keys'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.jwks, jwks) },
  { anyOrigin: true },
)
