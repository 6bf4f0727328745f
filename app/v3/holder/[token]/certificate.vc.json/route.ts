/** GET /v3/holder/{token}/certificate.vc.json */
import { contract } from '@/lib/api/contract'
import { credential } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.holderCredential, credential),
})
