/** GET and DELETE /v3/confirmations/{confirmationId} */
import { contract } from '@/lib/api/contract'
import { state, withdraw } from '@/lib/api/endpoints/confirmation'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.findConfirmation, state),
  DELETE: serve(contract.withdrawConfirmation, withdraw),
})
