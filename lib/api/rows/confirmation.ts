/** Rows of the contract. The holder looks at a correction on the own phone before it is sent. */
import { z } from 'zod'
import { answerTaken, changesToConfirm, confirmationAsked, confirmationView, markedField } from '@/lib/desk/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { updateExample } from '../examples'

const byId = z.object({ confirmationId: z.string().min(1) })
const byToken = z.object({ token: z.string().min(1).max(200) })

/** A short line of text that a database and a screen can hold. */
const holdersWords = z
  .string()
  .max(300)
  .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f]/.test(text), 'must be one line of plain text')

const askHolder = endpoint({
  operation: 'askHolder',
  method: 'POST',
  path: '/v3/confirmations',
  door: 'v3',
  who: 'person',
  summary: 'A code with which the holder sees a correction before it is sent',
  description:
    'The code can be opened for one minute, once, on one device; whoever opened it has five minutes to answer. A later code for the same certificate ends the earlier one. Send the confirmationId as Holder-Confirmation with PUT /v3/certificate.',
  body: {
    schema: z.object({
      corrections: z
        .array(
          z.object({
            certificateId: z.string().regex(/^[^\u0000-\u001f]+$/, 'must be a certificate number'),
            item: z.unknown().describe('The item that would be sent to PUT /v3/certificate'),
          }),
        )
        .min(1)
        .max(20),
    }),
    checked: true,
    example: { corrections: [{ certificateId: '448086902061', item: updateExample[0] }] },
  },
  ok: { 'application/json': confirmationAsked },
  refusals: [
    'VALIDATION_ERROR',
    'MISSING_FIELDS',
    'UNSUPPORTED_CHARACTER',
    'TOO_LARGE_FOR_QR',
    'NOT_FOUND',
    'NOT_YOUR_FACILITY',
    'STALE_VERSION',
    'TOO_MANY_LOOK_UPS',
  ],
})

const findConfirmation = endpoint({
  operation: 'findConfirmation',
  method: 'GET',
  path: '/v3/confirmations/{confirmationId}',
  door: 'v3',
  who: 'person',
  summary: 'What the holder said',
  params: byId,
  ok: { 'application/json': confirmationView },
  refusals: ['NOT_FOUND'],
})

const withdrawConfirmation = endpoint({
  operation: 'withdrawConfirmation',
  method: 'DELETE',
  path: '/v3/confirmations/{confirmationId}',
  door: 'v3',
  who: 'person',
  summary: 'Takes a code back: it opens nothing any more',
  params: byId,
  ok: { 'application/json': z.object({ withdrawn: z.literal(true) }) },
  refusals: ['NOT_FOUND'],
})

const openConfirmation = endpoint({
  operation: 'openConfirmation',
  method: 'GET',
  path: '/v3/confirm/{token}',
  door: 'v3',
  who: 'anyone',
  summary: 'What a holder is asked to confirm',
  description:
    'The first device that asks is bound to the code with a cookie. Unknown, expired, used and opened elsewhere are answered alike.',
  params: byToken,
  ok: { 'application/json': changesToConfirm },
  refusals: ['NOT_FOUND', 'TOO_MANY_ATTEMPTS'],
})

const answerConfirmation = endpoint({
  operation: 'answerConfirmation',
  method: 'POST',
  path: '/v3/confirm/{token}',
  door: 'v3',
  who: 'anyone',
  summary: "The holder's answer",
  params: byToken,
  body: {
    schema: z.discriminatedUnion('verdict', [
      z.object({ verdict: z.literal('right') }),
      z.object({
        verdict: z.literal('wrong'),
        marked: z
          .array(markedField.extend({ note: holdersWords.default('') }))
          .min(1)
          .max(200),
      }),
    ]),
    checked: true,
    example: { verdict: 'wrong', marked: [{ path: 'recipient.name', note: 'Saraswathy, with w' }] },
  },
  ok: { 'application/json': answerTaken },
  refusals: ['NOT_FOUND', 'VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

export const confirmation = {
  askHolder,
  findConfirmation,
  withdrawConfirmation,
  openConfirmation,
  answerConfirmation,
} satisfies Record<string, Endpoint>
