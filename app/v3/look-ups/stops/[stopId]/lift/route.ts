/** POST /v3/look-ups/stops/{stopId}/lift */
import { contract } from '@/lib/api/contract'
import { liftStop } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.liftLookUpStop, liftStop),
})
