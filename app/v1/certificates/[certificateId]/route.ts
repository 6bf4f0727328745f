/** GET /v1/certificates/{certificateId} */
import { contract } from '@/lib/api/contract'
import { row } from '@/lib/api/endpoints/find'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.registryRow, row) })
