/** Rows of the contract. Approvals: corrections that need a second person, from the request to the decision. */
import { z } from 'zod'
import { approvalAnswer, approvalsAnswer, approvalsWaiting as waitingAnswer } from '@/lib/approvals/answers'
import { REQUEST_LISTS } from '@/lib/approvals/kinds'
import { acceptAnswer } from '@/lib/certificates/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { updateExample } from '../examples'
import { idempotencyKey, updateCertificates } from './accepting'

/** Text of several lines. */
const text = z
  .string()
  .trim()
  .max(1000)
  .regex(/^[^\p{Cs}\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]*$/u, 'must be text without control characters')
const said = text.regex(/[\p{L}\p{N}]/u, 'is missing')

const byRequest = z.object({ requestId: z.string().min(1) })
const own = ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'NOT_ALLOWED'] as const
const asker = { door: 'v3', who: 'caller' } as const
const supervisor = { door: 'v3', who: 'person' } as const
const answered = { 'application/json': approvalAnswer } as const

const askBeyondLimit = endpoint({
  ...supervisor,
  operation: 'askBeyondLimit',
  method: 'POST',
  path: '/v3/approvals',
  summary: 'Ask a supervisor for a correction for which no update is left',
  description:
    'The answer is that of PUT /v3/certificate with one item, whose status is awaiting_approval. Approving it grants one update beyond the limit and uses it. Other corrections that need a supervisor are asked for with PUT /v3/certificate itself.',
  headers: z.object({ 'idempotency-key': idempotencyKey }),
  body: {
    schema: z.object({
      certificateId: z
        .string()
        .regex(/^[^\u0000-\u001f]+$/)
        .describe('The certificate that is to be replaced'),
      item: z.unknown().describe('As for PUT /v3/certificate'),
      note: text.default('').describe('What the supervisor should know'),
    }),
    checked: true,
    example: { certificateId: '448086902', item: updateExample[0], note: 'The holder travels on Monday.' },
  },
  ok: { 'application/json': acceptAnswer },
  refusals: [...updateCertificates.refusals, 'NOT_FOUND'],
})

const approvals = endpoint({
  ...asker,
  operation: 'approvals',
  method: 'GET',
  path: '/v3/approvals',
  summary: 'Corrections that wait for a supervisor, or did',
  description:
    'mine: those that whoever asks made, what changed last first. to_decide and decided are for supervisors: those of others that wait, the oldest first, and all that are over.',
  query: z.object({
    list: z.enum(REQUEST_LISTS).default('mine'),
    after: z.string().max(100).optional().describe('`next` of the page before'),
  }),
  ok: { 'application/json': approvalsAnswer },
  refusals: ['VALIDATION_ERROR', 'NOT_ALLOWED'],
})

const approvalsWaiting = endpoint({
  ...supervisor,
  operation: 'approvalsWaiting',
  method: 'GET',
  path: '/v3/approvals/waiting',
  summary: 'How many requests wait for whoever asks',
  ok: { 'application/json': waitingAnswer },
  refusals: [],
})

const approval = endpoint({
  ...asker,
  operation: 'approval',
  method: 'GET',
  path: '/v3/approvals/{requestId}',
  summary: 'One request: what would change, why a second person is asked, what was said and decided',
  description: 'For who made it and for supervisors who reach the record.',
  params: byRequest,
  ok: answered,
  refusals: own,
})

const approveRequest = endpoint({
  ...supervisor,
  operation: 'approveRequest',
  method: 'POST',
  path: '/v3/approvals/{requestId}/approve',
  summary: 'Approve a request: its correction is accepted as it was asked for',
  description:
    'Who asked cannot approve, nor anybody who gave that one a password less than a day ago or got one from there. When the record changed since, nothing is accepted: the answer has `conflict`, and the request is back with who asked. For an update beyond the limit, note says why it is granted.',
  params: byRequest,
  body: { schema: z.object({ note: text.default('') }), checked: true, example: { note: 'Seen in the passport.' } },
  ok: answered,
  refusals: [...updateCertificates.refusals, ...own, 'APPROVAL_STATE', 'SECOND_PERSON_NEEDED'],
})

const askRequester = endpoint({
  ...supervisor,
  operation: 'askRequester',
  method: 'POST',
  path: '/v3/approvals/{requestId}/ask',
  summary: 'Ask who made the request',
  params: byRequest,
  body: { schema: z.object({ question: said }), checked: true, example: { question: 'Which document did you see?' } },
  ok: answered,
  refusals: [...own, 'VALIDATION_ERROR', 'APPROVAL_STATE', 'SECOND_PERSON_NEEDED'],
})

const rejectRequest = endpoint({
  ...supervisor,
  operation: 'rejectRequest',
  method: 'POST',
  path: '/v3/approvals/{requestId}/reject',
  summary: 'Reject a request with a reason, which who made it reads',
  params: byRequest,
  body: { schema: z.object({ reason: said }), checked: true, example: { reason: 'The passport says otherwise.' } },
  ok: answered,
  refusals: [...own, 'VALIDATION_ERROR', 'APPROVAL_STATE', 'SECOND_PERSON_NEEDED'],
})

const answerQuestion = endpoint({
  ...asker,
  operation: 'answerQuestion',
  method: 'POST',
  path: '/v3/approvals/{requestId}/answer',
  summary: 'Answer the supervisor’s question about the own request',
  params: byRequest,
  body: { schema: z.object({ answer: said }), checked: true, example: { answer: 'The birth certificate.' } },
  ok: answered,
  refusals: [...own, 'VALIDATION_ERROR', 'APPROVAL_STATE'],
})

const withdrawRequest = endpoint({
  ...asker,
  operation: 'withdrawRequest',
  method: 'POST',
  path: '/v3/approvals/{requestId}/withdraw',
  summary: 'Withdraw the own request',
  params: byRequest,
  ok: answered,
  refusals: [...own, 'APPROVAL_STATE'],
})

export const approvalRows = {
  askBeyondLimit,
  approvals,
  approvalsWaiting,
  approval,
  approveRequest,
  askRequester,
  rejectRequest,
  answerQuestion,
  withdrawRequest,
} satisfies Record<string, Endpoint>
