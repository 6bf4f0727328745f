/** GET /status/{listId}/{purpose} */
import { contract } from '@/lib/api/contract'
import { list } from '@/lib/api/endpoints/status-lists'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: serve(contract.statusList, list) },
  { anyOrigin: true },
)
