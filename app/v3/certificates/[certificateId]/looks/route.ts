/** GET /v3/certificates/{certificateId}/looks */
import { contract } from '@/lib/api/contract'
import { looks } from '@/lib/api/endpoints/audit'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.looks, looks) })
