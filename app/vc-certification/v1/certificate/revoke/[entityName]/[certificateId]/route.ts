/** DELETE /vc-certification/v1/certificate/revoke/{entityName}/{revokedCertificateId} */
import { contract } from '@/lib/api/contract'
import { unsuspend } from '@/lib/api/endpoints/vc-certification'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: serve(contract.unsuspendEntity, unsuspend),
})
