/** POST /v3/webhooks/{webhookId}/secret */
import { contract } from '@/lib/api/contract'
import { webhooks } from '@/lib/api/endpoints/webhooks'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.replaceWebhookSecret, webhooks.newSecret),
})
