/** POST /v3/types/{name}/versions/{version}/preview */
import { contract } from '@/lib/api/contract'
import { types } from '@/lib/api/endpoints/types'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.previewType, types.preview),
})
