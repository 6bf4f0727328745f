/** What people and source systems are told about corrections that need a second person. */
import { z } from 'zod'
import { approvalReason, certificateSubject, change, OPEN_REQUEST_STATES, version } from '@/lib/certificates/answers'
import { type REQUEST_LISTS } from './kinds'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const certificateId = z.string().describe('Certificate number')

export const REQUEST_STATES = [
  ...OPEN_REQUEST_STATES,
  'accepted',
  'amendment-completed',
  'denied',
  'requester-cancelled',
] as const

const person = z.object({ name: z.string(), you: z.boolean() })

export const approvalView = z.object({
  requestId: z.string(),
  state: z
    .enum(REQUEST_STATES)
    .describe(
      'Business statuses of the HL7 FHIR patient-correction workflow. accepted: approved, and the certificate is being issued; amendment-completed: it is issued',
    ),
  reasons: z.array(approvalReason).describe('Why a second person is needed'),
  subject: certificateSubject,
  certificateId: certificateId.describe('The newest one when the correction was asked for: it replaces this'),
  newest: certificateId.nullable().describe('The newest accepted one now'),
  conflict: z
    .string()
    .nullable()
    .describe('Code of a refusal: it cannot be accepted as it is. Withdraw it and ask anew'),
  requestedBy: person,
  requestedAt: instant,
  changedAt: instant,
  decidedBy: person.nullable().describe('Who approved, rejected or withdrew it'),
  decidedAt: instant.nullable(),
  transactionId: z.string().nullable().describe('What it became when it was approved'),
  newCertificateId: certificateId.nullable(),
  failure: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why it could not be issued after all'),
  extraUpdate: z.boolean().describe('An update beyond the limit was granted for it'),
  may: z
    .object({ decide: z.boolean(), answer: z.boolean(), withdraw: z.boolean() })
    .describe('What whoever asks may do with it now'),
})

export const MESSAGE_KINDS = ['note', 'question', 'answer', 'conflict', 'decision'] as const

export const approvalAnswer = approvalView.extend({
  readable: z
    .boolean()
    .describe(
      'false: who asked for it does not reach the record any more. Changes, reason, record and history are empty',
    ),
  changes: z.array(change),
  reason: z.record(z.string(), z.unknown()).nullable().describe('Who asked for the correction and why'),
  messages: z
    .array(z.object({ kind: z.enum(MESSAGE_KINDS), by: person, text: z.string(), at: instant }))
    .describe(
      'What the two people said, the oldest first. note: with the request; decision: with the approval or rejection',
    ),
  cannotDecide: z.string().nullable().describe('Why whoever asks cannot be the second person'),
  mayReveal: z
    .boolean()
    .describe('Whoever asks can reveal what is hidden here: POST /v3/certificates/{certificateId}/reveals'),
  record: z.record(z.string(), z.unknown()).describe('What would be written'),
  history: z.array(version).describe('Of the record, newest first. Empty for who does not reach it'),
  updates: z.object({ used: z.number().int(), limit: z.number().int(), extra: z.number().int() }),
})

export const approvalsAnswer = z.object({
  requests: z.array(approvalView),
  next: z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one'),
})

export const approvalsWaiting = z.object({
  toDecide: z.number().int().describe('Requests of others that whoever asks could decide'),
  toAnswer: z.number().int().describe('Own requests with a question, or that came back'),
})

export type ApprovalView = z.infer<typeof approvalView>
export type ApprovalAnswer = z.infer<typeof approvalAnswer>
export type ApprovalsAnswer = z.infer<typeof approvalsAnswer>
export type RequestState = (typeof REQUEST_STATES)[number]
export type RequestList = (typeof REQUEST_LISTS)[number]
export type MessageKind = (typeof MESSAGE_KINDS)[number]
