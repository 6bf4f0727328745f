/** GET /v3/certificates/{certificateId}/doses */
import { contract } from '@/lib/api/contract'
import { personDoses } from '@/lib/api/endpoints/doses'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.personDoses, personDoses) })
