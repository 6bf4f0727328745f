/** GET /v3/openings/review */
import { contract } from '@/lib/api/contract'
import { review } from '@/lib/api/endpoints/openings'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.openingsToReview, review) })
