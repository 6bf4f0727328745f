/** POST /v3/webhooks/{webhookId}/test */
import { contract } from '@/lib/api/contract'
import { webhooks } from '@/lib/api/endpoints/webhooks'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.testWebhook, webhooks.test),
})
