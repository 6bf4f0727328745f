/** GET /sandbox/did.json */
import { contract } from '@/lib/api/contract'
import { sandboxDid } from '@/lib/api/endpoints/documents'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.sandboxDidDocument, sandboxDid) },
  { anyOrigin: true },
)
