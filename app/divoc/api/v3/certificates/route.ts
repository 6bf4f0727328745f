/** GET /divoc/api/v3/certificates */
import { contract } from '@/lib/api/contract'
import { lineages } from '@/lib/api/endpoints/find'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.divocLineages, lineages) })
