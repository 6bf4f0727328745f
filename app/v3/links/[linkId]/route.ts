/** DELETE /v3/links/{linkId} */
import { contract } from '@/lib/api/contract'
import { revoke } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: serve(contract.revokeHolderLink, revoke),
})
