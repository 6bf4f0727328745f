/** GET /v3/holder/{token}/certificate.pdf */
import { contract } from '@/lib/api/contract'
import { pdf } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.holderPdf, pdf) })
