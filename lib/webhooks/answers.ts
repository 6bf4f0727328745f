/** What administrators are told about webhooks. A secret only once, and never what a message would say of a person. */
import { z } from 'zod'
import { DELIVERY_STATES, EVENTS } from './events'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')

export const webhookEvent = z.enum(EVENTS)
export const deliveryState = z.enum(DELIVERY_STATES)

export const webhookView = z.object({
  webhookId: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  url: z.string(),
  events: z.array(webhookEvent),
  asDivoc: z.boolean().describe('Messages carry a callback token, and what DIVOC’s callbacks hold'),
  disabled: z.boolean().describe('Nothing is noted and nothing is sent'),
  stoppedAt: instant
    .nullable()
    .describe('Nothing had arrived for days: messages wait from then on, until it is switched on again'),
  failingSince: instant.nullable().describe('The first failure since something arrived; null = the last one arrived'),
  previousSecretUntil: instant.nullable().describe('Until then messages are signed with the secret before this, too'),
  waiting: z.number().int(),
  failed: z.number().int(),
})

export const deliveryView = z.object({
  deliveryId: z.string().describe('webhook-id of the message'),
  sequence: z.string().describe('Rises with every message; messages about one certificate are in its order'),
  type: z.string(),
  certificateId: z.string().nullable(),
  at: instant.describe('Of what it tells'),
  state: deliveryState,
  attempts: z.number().int(),
  attemptedAt: instant.nullable(),
  nextAttemptAt: instant.nullable().describe('null: it is not tried again by itself'),
  answerStatus: z.number().int().nullable().describe('Of the last attempt; null = there was no answer'),
  ms: z.number().int().nullable().describe('How long the last attempt took'),
  problem: z.string().nullable(),
})

export const webhooksAnswer = z.object({ webhooks: z.array(webhookView) })
export const webhookWithSecret = z.object({
  webhook: webhookView,
  secret: z.string().describe('Messages are signed with it. It is told this once and kept sealed'),
})
export const webhookRemoved = z.object({ removed: z.literal(true) })
export const testSent = z.object({ deliveryId: z.string() })
export const replayed = z.object({ replayed: z.number().int() })
export const deliveriesAnswer = z.object({
  deliveries: z.array(deliveryView),
  next: z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one'),
})

export type WebhookView = z.infer<typeof webhookView>
export type DeliveryView = z.infer<typeof deliveryView>
