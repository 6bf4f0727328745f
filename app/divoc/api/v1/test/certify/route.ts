/** POST /divoc/api/v1/test/certify */
import { contract } from '@/lib/api/contract'
import { certifyTest } from '@/lib/api/endpoints/accept'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.divocCertifyTest, certifyTest),
})
