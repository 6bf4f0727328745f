/** POST /v3/confirmations */
import { contract } from '@/lib/api/contract'
import { ask } from '@/lib/api/endpoints/confirmation'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.askHolder, ask) })
