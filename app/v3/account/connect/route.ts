/** POST, DELETE /v3/account/connect */
import { contract } from '@/lib/api/contract'
import { account, connectService } from '@/lib/api/endpoints/identity'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.connectService, connectService),
  DELETE: serve(contract.disconnectService, account.disconnect),
})
