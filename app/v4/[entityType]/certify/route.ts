/** POST /v4/{entityType}/certify */
import { contract } from '@/lib/api/contract'
import { certifyOfType } from '@/lib/api/endpoints/accept'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.certifyOfType, certifyOfType),
})
