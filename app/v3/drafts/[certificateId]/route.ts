/** PUT, GET and DELETE /v3/drafts/{certificateId} */
import { contract } from '@/lib/api/contract'
import { drop, read, save } from '@/lib/api/endpoints/drafts'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.draft, read),
  PUT: serve(contract.saveDraft, save),
  DELETE: serve(contract.dropDraft, drop),
})
