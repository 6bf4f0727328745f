/** GET /v3/holder/{token} */
import { contract } from '@/lib/api/contract'
import { read } from '@/lib/api/endpoints/holders'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: serve(contract.readHolderLink, read) })
