/** POST and DELETE /v3/holder/{token}/session */
import { contract } from '@/lib/api/contract'
import { close, open } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.openHolderLink, open),
  DELETE: serve(contract.closeHolderLink, close),
})
