/** Rows of the contract. Recalls: many certificates revoked or suspended at once, proposed by one person and confirmed by another. */
import { z } from 'zod'
import {
  knownBatches as batchesAnswer,
  RECALL_ACTIONS,
  recallAnswer,
  recallPreview,
  recallRows as rowsAnswer,
  recallsAnswer,
  recallsWaiting as waitingAnswer,
  recallView,
  ROW_STATES,
} from '@/lib/recalls/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { day, instant } from './times'

/** One line that can be seen. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is missing')
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be letters, digits and signs that can be seen')

/** Text of several lines. */
const text = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u, 'must be text without control characters')

const wanted = z.object({
  action: z.enum(RECALL_ACTIONS).describe('lift: ends the suspensions of an earlier recall, for a batch found safe'),
  criteria: z
    .object({
      vaccine: line(300),
      batch: line(300).describe('Compared, as all three, without regard to capitals and spaces'),
      manufacturer: line(300).nullable().default(null).describe('null = any'),
      facilityCode: line(32).nullable().default(null).describe('null = all that the operator acts for'),
      from: day.nullable().default(null).describe('First day of vaccination'),
      to: day.nullable().default(null).describe('Last day of vaccination'),
    })
    .optional()
    .describe('To revoke or suspend'),
  until: instant.nullable().default(null).describe('When suspensions end by themselves; null = when they are lifted'),
  recallId: z.string().max(40).nullable().default(null).describe('To lift: the recall that suspended'),
})

const example = {
  action: 'suspend',
  criteria: { vaccine: 'Covaxin', batch: 'AB348FS', from: '2021-07-01', to: '2021-07-31' },
} as const
const byRecall = z.object({ recallId: z.string().min(1) })
const own = ['NOT_FOUND', 'NOT_YOUR_FACILITY'] as const
const forOperators = { door: 'v3', who: 'person' } as const

const previewRecall = endpoint({
  ...forOperators,
  operation: 'previewRecall',
  method: 'POST',
  path: '/v3/recalls/preview',
  summary: 'What a recall would cover',
  description: 'Changes nothing. Only certificates of what the operator acts for, and none of the sandbox.',
  body: { schema: wanted, checked: true, example },
  ok: { 'application/json': recallPreview },
  rate: 'search',
  refusals: [...own, 'VALIDATION_ERROR', 'RECALL_STATE'],
})

const proposeRecall = endpoint({
  ...forOperators,
  operation: 'proposeRecall',
  method: 'POST',
  path: '/v3/recalls',
  summary: 'Propose a recall to a second person',
  description: 'Nothing is changed before another operator confirms it, within 7 days.',
  body: {
    schema: wanted.extend({
      attempt: z
        .uuid()
        .describe('A new random one. It becomes the id of the recall: sent again, nothing happens twice'),
      reason: text.min(1, 'is missing').describe('For operators alone'),
    }),
    checked: true,
    example: {
      ...example,
      attempt: '2f8a2b52-3d2f-4c39-9d0c-9a4e6c1f7b11',
      reason: 'Cold chain broken, notice 2026/14',
    },
  },
  ok: { 'application/json': recallView },
  refusals: [...own, 'VALIDATION_ERROR', 'RECALL_STATE', 'NOTHING_TO_RECALL'],
})

const recallList = endpoint({
  ...forOperators,
  operation: 'recalls',
  method: 'GET',
  path: '/v3/recalls',
  summary: 'Recalls: those that wait or run first, then the newest',
  query: z.object({ after: z.string().max(100).optional().describe('`next` of the page before') }),
  ok: { 'application/json': recallsAnswer },
  refusals: ['VALIDATION_ERROR'],
})

const recallsWaiting = endpoint({
  ...forOperators,
  operation: 'recallsWaiting',
  method: 'GET',
  path: '/v3/recalls/waiting',
  summary: 'How many recalls wait for the operator as second person',
  ok: { 'application/json': waitingAnswer },
  refusals: [],
})

const knownBatches = endpoint({
  ...forOperators,
  operation: 'knownBatches',
  method: 'GET',
  path: '/v3/recalls/batches',
  summary: 'Batches that certificates name, with their vaccines',
  query: z.object({
    q: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}]*$/u)
      .default('')
      .describe('How it begins'),
  }),
  ok: { 'application/json': batchesAnswer },
  refusals: ['VALIDATION_ERROR'],
})

const recall = endpoint({
  ...forOperators,
  operation: 'recall',
  method: 'GET',
  path: '/v3/recalls/{recallId}',
  summary: 'One recall: what was seen, what is different now, how far it is',
  params: byRecall,
  ok: { 'application/json': recallAnswer },
  refusals: own,
})

const recallRows = endpoint({
  ...forOperators,
  operation: 'recallRows',
  method: 'GET',
  path: '/v3/recalls/{recallId}/rows',
  summary: 'The certificates of a recall, each with what became of it',
  params: byRecall,
  query: z.object({
    state: z.enum(ROW_STATES).optional(),
    after: z.string().max(100).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': rowsAnswer },
  refusals: [...own, 'VALIDATION_ERROR'],
})

const recallFile = endpoint({
  ...forOperators,
  operation: 'recallFile',
  method: 'GET',
  path: '/v3/recalls/{recallId}/rows.csv',
  summary: 'The same as a file for spreadsheets',
  params: byRecall,
  ok: { 'text/csv': 'text' },
  refusals: own,
})

const confirmRecall = endpoint({
  ...forOperators,
  operation: 'confirmRecall',
  method: 'POST',
  path: '/v3/recalls/{recallId}/confirm',
  summary: 'Confirm a recall as the second person',
  description:
    'What it covers is fixed at this moment; certificates of the batch that are issued later are not covered. The first person cannot confirm, nor anybody whom that one gave a password less than a day ago.',
  params: byRecall,
  body: {
    schema: z.object({ batch: line(300).describe('The batch of the recall, typed once more') }),
    checked: true,
    example: { batch: 'AB348FS' },
  },
  ok: { 'application/json': recallView },
  refusals: [...own, 'VALIDATION_ERROR', 'RECALL_STATE', 'SECOND_PERSON_NEEDED', 'NOTHING_TO_RECALL'],
})

const cancelRecall = endpoint({
  ...forOperators,
  operation: 'cancelRecall',
  method: 'POST',
  path: '/v3/recalls/{recallId}/cancel',
  summary: 'Withdraw the own proposal, or decline somebody else’s',
  params: byRecall,
  body: {
    schema: z.object({ note: text.default('') }),
    checked: true,
    example: { note: 'The notice names another batch.' },
  },
  ok: { 'application/json': recallView },
  refusals: [...own, 'VALIDATION_ERROR', 'RECALL_STATE'],
})

const stopRecall = endpoint({
  ...forOperators,
  who: 'person',
  operation: 'stopRecall',
  method: 'POST',
  path: '/v3/recalls/{recallId}/stop',
  summary: 'Stop a running recall',
  description: 'After the group at hand. What is done stays done.',
  params: byRecall,
  ok: { 'application/json': recallView },
  refusals: [...own, 'RECALL_STATE'],
})

const resumeRecall = endpoint({
  ...forOperators,
  who: 'person',
  operation: 'resumeRecall',
  method: 'POST',
  path: '/v3/recalls/{recallId}/resume',
  summary: 'Let a stopped recall go on where it was',
  params: byRecall,
  ok: { 'application/json': recallView },
  refusals: [...own, 'RECALL_STATE'],
})

export const recalls = {
  previewRecall,
  proposeRecall,
  recalls: recallList,
  recallsWaiting,
  knownBatches,
  recall,
  recallRows,
  recallFile,
  confirmRecall,
  cancelRecall,
  stopRecall,
  resumeRecall,
} satisfies Record<string, Endpoint>
