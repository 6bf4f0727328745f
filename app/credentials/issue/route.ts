/** POST /credentials/issue */
import { contract } from '@/lib/api/contract'
import { issue } from '@/lib/api/endpoints/vc-api'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: serve(contract.issueCredential, issue) })
