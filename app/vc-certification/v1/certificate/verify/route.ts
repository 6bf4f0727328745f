/** POST /vc-certification/v1/certificate/verify */
import { contract } from '@/lib/api/contract'
import { verifyCredential } from '@/lib/api/endpoints/keys'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { POST: serve(contract.verifyCredential, verifyCredential) },
  { anyOrigin: true },
)
