/** GET and POST /v3/operators */
import { contract } from '@/lib/api/contract'
import { operators } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.operators, operators.list),
  POST: serve(contract.addOperator, operators.add),
})
