/** POST /v1/test/bulkCertify */
import { contract } from '@/lib/api/contract'
import { testUploads } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.bulkCertifyTests, testUploads.certify),
})
