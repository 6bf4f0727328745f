/** GET /certificate/api/certificateQRCode/{preEnrollmentCode} */
import { contract } from '@/lib/api/contract'
import { latestQr } from '@/lib/api/endpoints/latest'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.latestQr, latestQr) })
