/** DELETE /v3/operators/{operatorId}/sessions */
import { contract } from '@/lib/api/contract'
import { operators } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: serve(contract.signOutOperator, operators.signOut),
})
