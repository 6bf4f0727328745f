/** What is answered about the queue, and what can be asked of it. */
import { z } from 'zod'
import { QUEUE_STATES, QUEUE_KINDS } from './kinds'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const count = z.number().int().min(0)
const facility = z.object({ code: z.string(), name: z.string() })

const reason = z
  .string()
  .describe('Of failed ones the code of the refusal; of those held up the kind of the error, nothing of what it says')

export const queueAnswer = z.object({
  at: instant,
  everywhere: z.boolean().describe('All facilities; else those within reach'),
  partial: z.boolean().describe('So much waits that not everything was counted: the counts are the least there is'),
  waiting: z.object({ count, oldestAt: instant.nullable() }),
  underWay: z.object({ count }),
  held: z.object({
    count,
    oldestAt: instant.nullable(),
    nextAt: instant.nullable().describe('When the first of them is tried again'),
    behind: count.describe('Later requests for the same certificates, which wait for them'),
  }),
  failed: z.object({ count, since: instant }),
  reasons: z.array(z.object({ state: z.enum(['held', 'failed']), reason, count, oldestAt: instant })),
  hours: z.array(z.object({ from: instant, issued: count })).describe('The last 24, the one that goes on last'),
  facilities: z
    .array(z.object({ facility, issued: count, thisHour: count, waiting: count, held: count, failed: count }))
    .describe('Of the last 24 hours: first where something is held up or failed, then by what was issued'),
  moreFacilities: count.describe('Facilities that are not listed'),
  types: z.array(z.object({ name: z.string(), title: z.string() })),
  workers: z.object({ alive: count, seenAt: instant.nullable() }),
  installation: z
    .object({
      relay: z
        .object({
          running: z.boolean().describe('Some process has the right to publish'),
          waiting: count,
          seconds: z.number().describe('How long the oldest message waits'),
          putAside: count.describe('Messages that the broker will never take'),
        })
        .nullable()
        .describe('null = there is no broker'),
      webhooks: z.object({ waiting: count, seconds: z.number(), stopped: count }),
    })
    .nullable()
    .describe('For administrators'),
})

export const queueItem = z.object({
  transactionId: z.string(),
  state: z.enum(QUEUE_STATES),
  kind: z.enum(QUEUE_KINDS),
  type: z.string().describe('Name of the certificate type'),
  facility,
  acceptedAt: instant,
  by: z.object({ kind: z.string(), name: z.string() }),
  attempts: count,
  nextAttemptAt: instant.nullable().describe('Of one that is held up; null = at this moment'),
  behind: count.describe('Later requests for the same certificate, which wait for this one'),
  reason: reason.nullable(),
  message: z.string().nullable().describe('Of a failed one: why, in a sentence'),
  failedAt: instant.nullable(),
  record: z
    .object({
      preEnrollmentCode: z.string(),
      dose: z.number().int(),
      certificateId: z.string().nullable().describe('The newest issued one'),
    })
    .nullable()
    .describe('null for whoever has nothing to do with records'),
  may: z.object({ retry: z.boolean(), giveUp: z.boolean() }),
})

export const queueTransactionsAnswer = z.object({
  transactions: z.array(queueItem),
  next: z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one'),
})

export const RETRY_OUTCOMES = ['tried_now', 'accepted', 'awaiting_approval', 'unchanged'] as const

export const retried = z.object({
  transactionId: z.string().describe('The one to follow: of a failed one that was accepted again a new one'),
  outcome: z
    .enum(RETRY_OUTCOMES)
    .describe(
      'tried_now: it was held up and is first in line; accepted: asked for again, in the name of whoever retries; awaiting_approval: that takes a second person; unchanged: the certificate says so already',
    ),
})

export const queueRetried = z.object({
  done: count.describe('Tried now, or accepted again'),
  refused: z.array(z.object({ transactionId: z.string(), code: z.string(), message: z.string() })),
  next: z.string().nullable().describe('There is more: send it as `after`; null = that was all'),
})

export const givenUp = z.object({
  transactionId: z.string(),
  ended: count.describe('With it, the updates that waited for an original'),
})

export type QueueAnswer = z.infer<typeof queueAnswer>
export type QueueItem = z.infer<typeof queueItem>
export type QueueState = (typeof QUEUE_STATES)[number]
export type QueueKind = (typeof QUEUE_KINDS)[number]
export type Retried = z.infer<typeof retried>
export type QueueRetried = z.infer<typeof queueRetried>
