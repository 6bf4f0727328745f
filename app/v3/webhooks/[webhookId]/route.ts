/** GET, PUT and DELETE /v3/webhooks/{webhookId} */
import { contract } from '@/lib/api/contract'
import { webhooks } from '@/lib/api/endpoints/webhooks'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.webhook, webhooks.one),
  PUT: serve(contract.changeWebhook, webhooks.change),
  DELETE: serve(contract.removeWebhook, webhooks.remove),
})
