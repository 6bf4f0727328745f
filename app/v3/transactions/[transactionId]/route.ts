/** GET /v3/transactions/{transactionId} */
import { contract } from '@/lib/api/contract'
import { transaction } from '@/lib/api/endpoints/find'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.transaction, transaction) })
