/** Rows of the contract. The clerk's day: drafts, presence, recent items, today's list. */
import { z } from 'zod'
import {
  adviceAnswer,
  attentionAnswer,
  dayAnswer,
  draftAnswer,
  draftDeleted,
  draftsAnswer,
  draftSaved,
  draftToSave,
  presenceAnswer,
  recentAnswer,
  recentForgotten,
  reportClosed,
  sessionAnswer,
} from '@/lib/desk/answers'
import { DAY_KINDS, REPORT_OUTCOMES } from '@/lib/desk/kinds'
import { endpoint, type Endpoint } from '../endpoint'

const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })
const readable = ['NOT_FOUND', 'NOT_YOUR_FACILITY'] as const

const saveDraft = endpoint({
  operation: 'saveDraft',
  method: 'PUT',
  path: '/v3/drafts/{certificateId}',
  door: 'v3',
  who: 'person',
  summary: 'Keep a correction that was begun',
  description:
    'Encrypted, for 24 hours, for the operator who saved it alone. It takes the place of drafts of earlier versions of the same certificate.',
  params: byCertificate,
  body: {
    schema: draftToSave,
    checked: true,
    example: {
      fields: { 'recipient.name': 'Saraswathy T K' },
      reason: { requestedBy: 'holder', cause: '', note: '' },
      form: '7b1f6f0e-2f0c-4a57-9c0e-0d3a7e1c5b11',
      after: null,
    },
  },
  ok: { 'application/json': draftSaved },
  refusals: [...readable, 'VALIDATION_ERROR', 'TOO_LARGE', 'DRAFT_CHANGED'],
})

const draft = endpoint({
  operation: 'draft',
  method: 'GET',
  path: '/v3/drafts/{certificateId}',
  door: 'v3',
  who: 'person',
  summary: "The operator's own draft of a certificate",
  description: 'Of this version or, without one, of another: then its certificateId differs from the one asked for.',
  params: byCertificate,
  ok: { 'application/json': draftAnswer },
  refusals: readable,
})

const dropDraft = endpoint({
  operation: 'dropDraft',
  method: 'DELETE',
  path: '/v3/drafts/{certificateId}',
  door: 'v3',
  who: 'person',
  summary: "Forget the operator's own draft of a certificate",
  params: byCertificate,
  ok: { 'application/json': draftDeleted },
  refusals: [],
})

const drafts = endpoint({
  operation: 'drafts',
  method: 'GET',
  path: '/v3/drafts',
  door: 'v3',
  who: 'person',
  summary: 'What the operator began and did not send',
  ok: { 'application/json': draftsAnswer },
  refusals: [],
})

const bePresent = endpoint({
  operation: 'bePresent',
  method: 'PUT',
  path: '/v3/certificates/{certificateId}/presence',
  door: 'v3',
  who: 'person',
  summary: 'Say that the correction of a certificate is open, and ask who else has it open',
  description: 'Advice, not a lock. Repeat it every 30 seconds: whoever was not heard of for 2 minutes is gone.',
  params: byCertificate,
  ok: { 'application/json': presenceAnswer },
  refusals: readable,
})

const presence = endpoint({
  operation: 'presence',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/presence',
  door: 'v3',
  who: 'person',
  summary: 'Who else has the correction of a certificate open',
  params: byCertificate,
  ok: { 'application/json': presenceAnswer },
  refusals: readable,
})

const leavePresence = endpoint({
  operation: 'leavePresence',
  method: 'DELETE',
  path: '/v3/certificates/{certificateId}/presence',
  door: 'v3',
  who: 'person',
  summary: 'Say that the correction of a certificate was closed',
  params: byCertificate,
  ok: { 'application/json': presenceAnswer },
  refusals: readable,
})

const staySignedIn = endpoint({
  operation: 'staySignedIn',
  method: 'POST',
  path: '/v3/session',
  door: 'v3',
  who: 'person',
  summary: 'Keep the session alive, and learn how long it lasts',
  description: 'For pages on which somebody works without asking the registry anything.',
  ok: { 'application/json': sessionAnswer },
  refusals: [],
})

const dayList = endpoint({
  operation: 'dayList',
  recordIn: ['q'],
  method: 'GET',
  path: '/v3/today',
  door: 'v3',
  who: 'person',
  rate: 'search',
  summary: 'The list of a day',
  description:
    "Of the operator's facility: corrections by when they were accepted, failures, updates that ran out, and holders' reports, which stay until they are closed. The day is the issuer's. With q: what belongs to one certificate, of any day.",
  query: z.object({
    day: z.string().max(10).optional().describe('YYYY-MM-DD; today without it'),
    kind: z.enum(DAY_KINDS).optional(),
    mine: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional()
      .describe('true: only what the operator did'),
    q: z
      .string()
      .max(300)
      .regex(/^[^\u0000]*$/)
      .optional()
      .describe('Exactly a pre-enrollment code, certificate number, report reference or transaction id'),
    after: z.string().max(300).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': dayAnswer },
  refusals: [],
})

const waiting = endpoint({
  operation: 'waiting',
  method: 'GET',
  path: '/v3/today/waiting',
  door: 'v3',
  who: 'person',
  summary: 'How much of the list waits for somebody',
  ok: { 'application/json': attentionAnswer },
  refusals: [],
})

const closeReport = endpoint({
  operation: 'closeReport',
  method: 'POST',
  path: '/v3/reports/{reportId}/close',
  door: 'v3',
  who: 'person',
  summary: "Close a holder's report with an answer",
  description: 'The holder reads the answer. "corrected" needs a certificate that was issued after the report.',
  params: z.object({ reportId: z.string().min(1) }),
  body: {
    schema: z.object({
      answer: z
        .string()
        .trim()
        .min(1, 'is missing')
        .max(1000)
        .regex(
          /^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u,
          'must be text without control characters',
        ),
      outcome: z.enum(REPORT_OUTCOMES),
    }),
    checked: true,
    example: { answer: 'We corrected the name. Open your link again to see it.', outcome: 'corrected' },
  },
  ok: { 'application/json': reportClosed },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'REPORT_CLOSED'],
})

const reportAdvice = endpoint({
  operation: 'reportAdvice',
  method: 'GET',
  path: '/v3/reports/{reportId}/advice',
  door: 'v3',
  who: 'person',
  summary: 'What a holder says is right, to stand beside the fields',
  params: z.object({ reportId: z.string().min(1) }),
  ok: { 'application/json': adviceAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'TOO_MANY_LOOK_UPS'],
})

const failureAdvice = endpoint({
  operation: 'failureAdvice',
  method: 'GET',
  path: '/v3/transactions/{transactionId}/advice',
  door: 'v3',
  who: 'person',
  summary: 'What an update that was not issued would have changed',
  params: z.object({ transactionId: z.string().min(1) }),
  ok: { 'application/json': adviceAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'TOO_MANY_LOOK_UPS'],
})

const recent = endpoint({
  operation: 'recent',
  method: 'GET',
  path: '/v3/recent',
  door: 'v3',
  who: 'person',
  summary: 'The certificates that the operator opened last',
  ok: { 'application/json': recentAnswer },
  refusals: [],
})

const forgetRecent = endpoint({
  operation: 'forgetRecent',
  method: 'DELETE',
  path: '/v3/recent',
  door: 'v3',
  who: 'person',
  summary: 'Forget which certificates the operator opened',
  ok: { 'application/json': recentForgotten },
  refusals: [],
})

export const desk = {
  dayList,
  waiting,
  closeReport,
  reportAdvice,
  failureAdvice,
  recent,
  forgetRecent,
  saveDraft,
  draft,
  dropDraft,
  drafts,
  bePresent,
  presence,
  leavePresence,
  staySignedIn,
} satisfies Record<string, Endpoint>
