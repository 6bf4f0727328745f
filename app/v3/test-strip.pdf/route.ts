/** GET /v3/test-strip.pdf */
import { contract } from '@/lib/api/contract'
import { strip } from '@/lib/api/endpoints/printing'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.testStrip, strip) })
