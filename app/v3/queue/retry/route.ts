/** POST /v3/queue/retry */
import { contract } from '@/lib/api/contract'
import { retryAll } from '@/lib/api/endpoints/operations'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.retryQueue, retryAll) })
