/** GET and POST /v3/clients/{clientId}/webhooks */
import { contract } from '@/lib/api/contract'
import { webhooks } from '@/lib/api/endpoints/webhooks'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.clientWebhooks, webhooks.list),
  POST: serve(contract.addWebhook, webhooks.add),
})
