/** POST /divoc/api/v1/bulkCertify */
import { contract } from '@/lib/api/contract'
import { divocUploads } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.divocBulkCertify, divocUploads.certify),
})
