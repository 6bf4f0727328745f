/** GET /v1/test/certify/uploads/{uploadId}/errors */
import { contract } from '@/lib/api/contract'
import { testUploads } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.testUploadErrors, testUploads.errors),
})
