/** GET /vc-management/v1/transaction/{transactionId} */
import { contract } from '@/lib/api/contract'
import { transaction } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.entityTransaction, transaction),
})
