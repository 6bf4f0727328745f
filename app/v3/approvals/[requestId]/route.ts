/** GET /v3/approvals/{requestId} */
import { contract } from '@/lib/api/contract'
import { approvals } from '@/lib/api/endpoints/approvals'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.approval, approvals.one),
})
