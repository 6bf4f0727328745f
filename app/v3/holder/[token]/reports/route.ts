/** POST /v3/holder/{token}/reports */
import { contract } from '@/lib/api/contract'
import { send } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.sendHolderReport, send) })
