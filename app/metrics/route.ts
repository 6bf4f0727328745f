/** GET /metrics */
import { contract } from '@/lib/api/contract'
import { figures } from '@/lib/api/endpoints/metrics'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.metrics, figures) })
