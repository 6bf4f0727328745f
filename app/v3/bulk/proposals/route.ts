/** POST /v3/bulk/proposals */
import { contract } from '@/lib/api/contract'
import { proposeBulk } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.proposeBulk, proposeBulk),
})
