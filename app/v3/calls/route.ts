/** GET /v3/calls */
import { contract } from '@/lib/api/contract'
import { ownCalls } from '@/lib/api/endpoints/developers'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.calls, ownCalls) })
