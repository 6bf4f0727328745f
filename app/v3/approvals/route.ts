/** GET and POST /v3/approvals */
import { contract } from '@/lib/api/contract'
import { approvals, askBeyond } from '@/lib/api/endpoints/approvals'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.approvals, approvals.list),
  POST: serve(contract.askBeyondLimit, askBeyond),
})
