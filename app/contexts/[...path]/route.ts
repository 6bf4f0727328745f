/** GET /contexts/... */
import { contract } from '@/lib/api/contract'
import { vocabulary } from '@/lib/api/endpoints/documents'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.contextDocument, vocabulary) },
  { anyOrigin: true },
)
