/** Rows of the contract. Where source systems want to be told, and what became of the messages, for administrators. */
import { z } from 'zod'
import {
  deliveriesAnswer,
  deliveryState,
  replayed,
  testSent,
  webhookEvent,
  webhookRemoved,
  webhooksAnswer,
  webhookView,
  webhookWithSecret,
} from '@/lib/webhooks/answers'
import { EVENTS } from '@/lib/webhooks/events'
import { endpoint, type Endpoint } from '../endpoint'

const url = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(2000)
  .regex(/^[\x21-\x7e]*$/, 'must be an address without spaces or other signs')
  .describe('https; redirects are not followed')
const events = z
  .array(webhookEvent)
  .min(1, 'must name at least one')
  .max(EVENTS.length)
  .transform((list) => EVENTS.filter((event) => list.includes(event)))
  .describe('What it is told of')
const callbackToken = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x20-\x7e]*$/, 'must be letters, digits and signs of ASCII')
  .nullable()
  .describe(
    'For receivers made for DIVOC’s callbacks: sent as the header Authorization, and transactionId, certificateId, entityType and status stand at the top of the body, too; null = none',
  )

const byClient = z.object({ clientId: z.string().min(1) })
const byWebhook = z.object({ webhookId: z.string().min(1) })
const administered = { door: 'v3', who: 'person' } as const

const clientWebhooks = endpoint({
  ...administered,
  operation: 'clientWebhooks',
  method: 'GET',
  path: '/v3/clients/{clientId}/webhooks',
  summary: 'Webhooks of an API client',
  params: byClient,
  ok: { 'application/json': webhooksAnswer },
  refusals: ['NOT_FOUND'],
})

const addWebhook = endpoint({
  ...administered,
  operation: 'addWebhook',
  method: 'POST',
  path: '/v3/clients/{clientId}/webhooks',
  summary: 'Tell an API client what happens to certificates that it reaches',
  description:
    'The answer holds the secret, this once. Messages are signed with it as Standard Webhooks describes (webhook-id, webhook-timestamp, webhook-signature: v1) and are written in the transaction that they tell of, so none is lost; each is sent at least once, tried again for about a day, always with the same webhook-id. They hold {type, timestamp, sequence, data: {transactionId, certificateId, previousCertificateId, entityType, status}} and nothing about a person. The order of arrival is not guaranteed: sequence is the order. Receivers are asked over https, at public addresses alone unless WEBHOOKS_ALLOW_PRIVATE names their network.',
  params: byClient,
  body: {
    schema: z.object({ url, events: events.default([...EVENTS]), callbackToken: callbackToken.default(null) }),
    checked: true,
    example: { url: 'https://hospital.example/hooks/errata', events: ['certificate.issued', 'certificate.updated'] },
  },
  ok: { 'application/json': webhookWithSecret },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

const webhooksStopped = endpoint({
  ...administered,
  operation: 'webhooksStopped',
  method: 'GET',
  path: '/v3/webhooks/stopped',
  summary: 'Webhooks at which nothing arrived for days, so that nothing is sent any more',
  ok: { 'application/json': webhooksAnswer },
  refusals: [],
})

const webhook = endpoint({
  ...administered,
  operation: 'webhook',
  method: 'GET',
  path: '/v3/webhooks/{webhookId}',
  summary: 'One webhook',
  params: byWebhook,
  ok: { 'application/json': webhookView },
  refusals: ['NOT_FOUND'],
})

const changeWebhook = endpoint({
  ...administered,
  operation: 'changeWebhook',
  method: 'PUT',
  path: '/v3/webhooks/{webhookId}',
  summary: 'Change a webhook, switch it off or on',
  description:
    'What is left out stays. disabled: false lets one go on that stopped by itself; the messages that wait are sent then.',
  params: byWebhook,
  body: {
    schema: z.object({ url, events, callbackToken, disabled: z.boolean() }).partial(),
    checked: true,
    example: { events: ['certificate.revoked'] },
  },
  ok: { 'application/json': webhookView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

const removeWebhook = endpoint({
  ...administered,
  operation: 'removeWebhook',
  method: 'DELETE',
  path: '/v3/webhooks/{webhookId}',
  summary: 'Remove a webhook with its log',
  params: byWebhook,
  ok: { 'application/json': webhookRemoved },
  refusals: ['NOT_FOUND'],
})

const replaceWebhookSecret = endpoint({
  ...administered,
  operation: 'replaceWebhookSecret',
  method: 'POST',
  path: '/v3/webhooks/{webhookId}/secret',
  summary: 'Give a webhook a new secret',
  description: 'The old one is used no more, or messages carry a signature with each of the two for some hours.',
  params: byWebhook,
  query: z.object({
    overlapHours: z.coerce.number().int().min(0).max(720).default(24).describe('How long both sign'),
  }),
  ok: { 'application/json': webhookWithSecret },
  refusals: ['NOT_FOUND'],
})

const testWebhook = endpoint({
  ...administered,
  operation: 'testWebhook',
  method: 'POST',
  path: '/v3/webhooks/{webhookId}/test',
  summary: 'Send a test message',
  description: 'Of type webhook.test, about no certificate, tried once. The log says what came of it.',
  params: byWebhook,
  ok: { 'application/json': testSent },
  refusals: ['NOT_FOUND', 'VALIDATION_ERROR'],
})

const webhookDeliveries = endpoint({
  ...administered,
  operation: 'webhookDeliveries',
  method: 'GET',
  path: '/v3/webhooks/{webhookId}/deliveries',
  summary: 'Messages of a webhook, the newest first',
  params: byWebhook,
  query: z.object({
    state: deliveryState.optional(),
    after: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional()
      .describe('`next` of the page before'),
  }),
  ok: { 'application/json': deliveriesAnswer },
  refusals: ['NOT_FOUND'],
})

const replayDeliveries = endpoint({
  ...administered,
  operation: 'replayDeliveries',
  method: 'POST',
  path: '/v3/webhooks/{webhookId}/replay',
  summary: 'Send one message again, or all that failed',
  description: 'With the webhook-id that they had: a receiver that has it already knows it.',
  params: byWebhook,
  body: {
    schema: z.object({ deliveryId: z.uuid().nullable().default(null).describe('null = all that failed') }),
    checked: true,
    example: {},
  },
  ok: { 'application/json': replayed },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

export const webhookRows = {
  clientWebhooks,
  addWebhook,
  webhooksStopped,
  webhook,
  changeWebhook,
  removeWebhook,
  replaceWebhookSecret,
  testWebhook,
  webhookDeliveries,
  replayDeliveries,
} satisfies Record<string, Endpoint>
