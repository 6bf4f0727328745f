/** GET /v3/look-ups/stops */
import { contract } from '@/lib/api/contract'
import { stops } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.lookUpStops, stops) })
