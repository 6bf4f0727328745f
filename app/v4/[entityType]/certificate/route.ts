/** PUT /v4/{entityType}/certificate */
import { contract } from '@/lib/api/contract'
import { updateOfType } from '@/lib/api/endpoints/accept'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PUT: serve(contract.updateOfType, updateOfType),
})
