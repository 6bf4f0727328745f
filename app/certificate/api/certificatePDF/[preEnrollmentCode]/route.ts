/** GET and HEAD /certificate/api/certificatePDF/{preEnrollmentCode} */
import { contract } from '@/lib/api/contract'
import { latestPdf, latestPdfHead } from '@/lib/api/endpoints/latest'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.latestPdf, latestPdf),
  HEAD: serve(contract.latestPdfHead, latestPdfHead),
})
