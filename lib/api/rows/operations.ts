/** Rows of the contract. The queue: what waits, what is held up, what failed; trying it again, giving it up. */
import { z } from 'zod'
import { givenUp, queueAnswer, queueRetried, queueTransactionsAnswer, retried } from '@/lib/operations/answers'
import { QUEUE_KINDS, QUEUE_STATES } from '@/lib/operations/kinds'
import { endpoint, type Endpoint } from '../endpoint'

const word = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\u0000\p{Cs}]*$/u)
const chosen = {
  facilityCode: word.optional().describe('Only of this facility'),
  type: word.optional().describe('Only of this certificate type'),
  kind: z.enum(QUEUE_KINDS).optional(),
}
const byTransaction = z.object({ transactionId: z.string().min(1) })

const queue = endpoint({
  operation: 'queue',
  method: 'GET',
  path: '/v3/queue',
  door: 'v3',
  who: 'person',
  summary: 'How long the queue is, what is held up, what failed, and how much is issued',
  description:
    'Of the facilities within reach; for administrators of all, with the state of the installation. Nothing in it names a person or a certificate.',
  ok: { 'application/json': queueAnswer },
  refusals: [],
})

const queueTransactions = endpoint({
  operation: 'queueTransactions',
  method: 'GET',
  path: '/v3/queue/transactions',
  door: 'v3',
  who: 'person',
  summary: 'What waits, is under way, is held up, or failed, one by one',
  description:
    'Failed ones of the last 30 days after which nothing was accepted for the same certificate, the newest first; others the oldest first.',
  query: z.object({
    ...chosen,
    state: z.enum(QUEUE_STATES),
    reason: word.optional().describe('Only of this reason, as it is given'),
    after: z.string().max(60).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': queueTransactionsAnswer },
  refusals: ['VALIDATION_ERROR'],
})

const retryTransaction = endpoint({
  operation: 'retryTransaction',
  method: 'POST',
  path: '/v3/transactions/{transactionId}/retry',
  door: 'v3',
  who: 'person',
  summary: 'Try one again',
  description:
    'One that is held up is taken next. One that failed is asked for again in the name of whoever retries: every rule is asked anew, and it may take a second person. Of an original that failed, the updates that failed with it are asked for again, too. Operators do it for corrections, supervisors for new certificates as well; administrators for what is held up.',
  params: byTransaction,
  ok: { 'application/json': retried },
  refusals: [
    ...(['NOT_FOUND', 'NOT_YOUR_FACILITY', 'NOT_ALLOWED', 'QUEUE_STATE'] as const),
    ...(['VALIDATION_ERROR', 'UNSUPPORTED_CHARACTER', 'TOO_LARGE_FOR_QR', 'ALREADY_CERTIFIED', 'DOSE_TAKEN'] as const),
    ...(['CERTIFICATE_NOT_FOUND', 'CERTIFICATE_REVOKED', 'UPDATE_LIMIT_REACHED', 'STALE_VERSION'] as const),
    ...(['UPDATE_PENDING', 'APPROVAL_PENDING', 'PROGRAM_REQUIRED', 'CONFLICTING_ITEMS'] as const),
  ],
})

const retryQueue = endpoint({
  operation: 'retryQueue',
  method: 'POST',
  path: '/v3/queue/retry',
  door: 'v3',
  who: 'person',
  summary: 'Try all of one reason again',
  description:
    'A part at each call: send `next` as `after` until it is null. What is held up is taken by the workers, thousands at each call; failed ones are asked for again one by one, each with every rule, and the refused ones are named.',
  body: {
    schema: z.strictObject({
      ...chosen,
      state: z.enum(['held', 'failed']),
      reason: word,
      after: z.string().max(60).nullable().default(null),
    }),
    checked: true,
    example: { state: 'held', reason: 'SignerError' },
  },
  ok: { 'application/json': queueRetried },
  refusals: ['VALIDATION_ERROR'],
})

const giveUpTransaction = endpoint({
  operation: 'giveUpTransaction',
  method: 'POST',
  path: '/v3/transactions/{transactionId}/give-up',
  door: 'v3',
  who: 'person',
  summary: 'Give one up that is held up',
  description:
    'It ends as failed (GIVEN_UP), as everybody who waits for it is told; its place in the allowance comes back, because nothing was published. One that is issued at this very moment is either issued or given up, never both.',
  params: byTransaction,
  ok: { 'application/json': givenUp },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'QUEUE_STATE'],
})

export const operations = {
  queue,
  queueTransactions,
  retryTransaction,
  retryQueue,
  giveUpTransaction,
} satisfies Record<string, Endpoint>
