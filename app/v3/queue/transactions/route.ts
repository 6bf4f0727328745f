/** GET /v3/queue/transactions */
import { contract } from '@/lib/api/contract'
import { list } from '@/lib/api/endpoints/operations'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.queueTransactions, list) })
