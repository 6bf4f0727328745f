/** POST /v3/reports/{reportId}/close */
import { contract } from '@/lib/api/contract'
import { close } from '@/lib/api/endpoints/day'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.closeReport, close) })
