/** GET and POST /v3/confirm/{token} */
import { contract } from '@/lib/api/contract'
import { answer, open } from '@/lib/api/endpoints/confirmation'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.openConfirmation, open),
  POST: serve(contract.answerConfirmation, answer),
})
