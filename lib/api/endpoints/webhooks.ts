/** Webhooks of source systems, for administrators. */
import {
  addWebhook,
  changeWebhook,
  listDeliveries,
  listStopped,
  listWebhooks,
  newSecret,
  oneWebhook,
  removeWebhook,
  sendAgain,
  sendTest,
} from '@/lib/webhooks/webhooks'
import type { contract } from '../contract'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /v3/clients/{clientId}/webhooks and /v3/webhooks */
export const webhooks = {
  list: ({ context, params }: Of<'clientWebhooks'>) => listWebhooks(context, params.clientId),
  add: ({ context, caller, params, body }: Of<'addWebhook'>) => addWebhook(context, caller, params.clientId, body),
  stopped: ({ context }: Of<'webhooksStopped'>) => listStopped(context),
  one: ({ context, params }: Of<'webhook'>) => oneWebhook(context, params.webhookId),
  change: ({ context, caller, params, body }: Of<'changeWebhook'>) =>
    changeWebhook(context, caller, params.webhookId, body),
  remove: ({ context, caller, params }: Of<'removeWebhook'>) => removeWebhook(context, caller, params.webhookId),
  newSecret: ({ context, caller, params, query }: Of<'replaceWebhookSecret'>) =>
    newSecret(context, caller, params.webhookId, query),
  test: ({ context, params }: Of<'testWebhook'>) => sendTest(context, params.webhookId),
  deliveries: ({ context, params, query }: Of<'webhookDeliveries'>) => listDeliveries(context, params.webhookId, query),
  replay: ({ context, caller, params, body }: Of<'replayDeliveries'>) =>
    sendAgain(context, caller, params.webhookId, body.deliveryId),
}
