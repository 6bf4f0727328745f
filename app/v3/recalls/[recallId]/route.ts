/** GET /v3/recalls/{recallId} */
import { contract } from '@/lib/api/contract'
import { recalls } from '@/lib/api/endpoints/recalls'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.recall, recalls.one) })
