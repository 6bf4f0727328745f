/** POST /v3/preview */
import { contract } from '@/lib/api/contract'
import { draft } from '@/lib/api/endpoints/find'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.preview, draft) })
