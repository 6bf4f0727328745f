/** POST and DELETE /v3/clients/{clientId}/token */
import { contract } from '@/lib/api/contract'
import { clients } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.replaceToken, clients.replaceToken),
  DELETE: serve(contract.endPreviousToken, clients.endPreviousToken),
})
