/** GET /v3/drafts */
import { contract } from '@/lib/api/contract'
import { list } from '@/lib/api/endpoints/drafts'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.drafts, list) })
