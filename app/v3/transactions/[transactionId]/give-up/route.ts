/** POST /v3/transactions/{transactionId}/give-up */
import { contract } from '@/lib/api/contract'
import { giveUp } from '@/lib/api/endpoints/operations'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.giveUpTransaction, giveUp),
})
