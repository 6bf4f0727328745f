/** POST /v3/account/proof */
import { contract } from '@/lib/api/contract'
import { account } from '@/lib/api/endpoints/identity'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.proveAgain, account.prove),
})
