/** What a source system's developer is answered about the own calls, as zod schemas. */
import { z } from 'zod'

export type { GuideStep } from './guide'
export type * from './reference'

/** How many calls of each client are kept. */
export const CALLS_KEPT = 50
/** How many reasons of one refused call are kept. */
export const REASONS_KEPT = 50

/** One reason of a refused request. */
export const refusalDetail = z.object({
  index: z.number().int().describe('Position in the array that was sent'),
  path: z.string().describe('JSON Pointer inside the item, "" = the item itself'),
  code: z.string(),
  message: z.string(),
})

/** One call that was answered. Nothing of what was sent is kept: the template of the address, and the reasons. */
export const call = z.object({
  requestId: z.string().describe('X-Request-Id of the answer'),
  at: z.iso.datetime().describe('When the request came in'),
  method: z.string(),
  route: z.string().describe('The template of the address, for example /v3/transactions/{transactionId}'),
  status: z.number().int(),
  code: z.string().nullable().describe('Why it was refused; null when it was not'),
  message: z.string().nullable().describe('The same as a sentence'),
  details: z.array(refusalDetail).describe(`The reasons item by item, the first ${REASONS_KEPT}`),
  ms: z.number().int().describe('How long the answer took, in milliseconds'),
})

export const callingClient = z.object({
  clientId: z.string(),
  name: z.string(),
  sandbox: z.boolean().describe('Its certificates are test certificates'),
  facilityCode: z.string().nullable().describe('The facility it acts for; null = all'),
  batch: z.enum(['all', 'each']).describe('What one refused item does to its array'),
  ratePerMinute: z.number().int().describe('Requests it may make in a minute; 0 = no limit'),
})

export const callsAnswer = z.object({
  client: callingClient,
  calls: z.array(call).describe(`The last ${CALLS_KEPT}, the newest first. Questions for this list are not in it`),
})

export type Call = z.infer<typeof call>
export type CallingClient = z.infer<typeof callingClient>
export type CallsAnswer = z.infer<typeof callsAnswer>
