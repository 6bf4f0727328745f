/** GET and PUT /v3/operators/{operatorId} */
import { contract } from '@/lib/api/contract'
import { operators } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.operator, operators.one),
  PUT: serve(contract.changeOperator, operators.change),
})
