/** GET /v3/bulk/template.csv */
import { contract } from '@/lib/api/contract'
import { templateFile } from '@/lib/api/endpoints/bulk'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.bulkTemplate, templateFile),
})
