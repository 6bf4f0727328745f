/** POST /v3/openings/{openingId}/decide */
import { contract } from '@/lib/api/contract'
import { decide } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.decideOpening, decide) })
