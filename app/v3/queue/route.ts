/** GET /v3/queue */
import { contract } from '@/lib/api/contract'
import { read } from '@/lib/api/endpoints/operations'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.queue, read) })
