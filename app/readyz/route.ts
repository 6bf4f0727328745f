/** GET /readyz */
import { contract } from '@/lib/api/contract'
import { ready } from '@/lib/api/endpoints/health'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.ready, ready) })
