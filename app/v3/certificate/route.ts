/** PUT /v3/certificate */
import { contract } from '@/lib/api/contract'
import { update } from '@/lib/api/endpoints/accept'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PUT: serve(contract.updateCertificates, update),
})
