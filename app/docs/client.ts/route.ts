/** GET /docs/client.ts */
import { contract } from '@/lib/api/contract'
import { typedClient } from '@/lib/api/endpoints/developers'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.typedClient, typedClient),
})
