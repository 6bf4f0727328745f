/** DELETE /v3/sandbox */
import { contract } from '@/lib/api/contract'
import { resetSandbox } from '@/lib/api/endpoints/sandbox'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: serve(contract.resetSandbox, resetSandbox),
})
