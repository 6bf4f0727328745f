/** POST /vc-certification/v1/certificate/revoke */
import { contract } from '@/lib/api/contract'
import { revoke } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.revokeEntity, revoke) })
