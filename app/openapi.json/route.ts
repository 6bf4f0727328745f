/** GET /openapi.json */
import { contract } from '@/lib/api/contract'
import { description } from '@/lib/api/endpoints/documents'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.openApi, description) },
  { anyOrigin: true },
)
