/** Rows of the contract. The clerk's day: drafts, presence, recent items, today's list. */
import { z } from 'zod'
import {
  draftAnswer,
  draftDeleted,
  draftsAnswer,
  draftSaved,
  draftToSave,
  presenceAnswer,
  sessionAnswer,
} from '@/lib/desk/answers'
import { endpoint, type Endpoint } from '../endpoint'

const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })
const readable = ['NOT_FOUND', 'NOT_YOUR_FACILITY'] as const

const saveDraft = endpoint({
  operation: 'saveDraft',
  method: 'PUT',
  path: '/v3/drafts/{certificateId}',
  door: 'v3',
  who: 'operator',
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
  who: 'operator',
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
  who: 'operator',
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
  who: 'operator',
  summary: 'What the operator began and did not send',
  ok: { 'application/json': draftsAnswer },
  refusals: [],
})

const bePresent = endpoint({
  operation: 'bePresent',
  method: 'PUT',
  path: '/v3/certificates/{certificateId}/presence',
  door: 'v3',
  who: 'operator',
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
  who: 'operator',
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
  who: 'operator',
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
  who: 'operator',
  summary: 'Keep the session alive, and learn how long it lasts',
  description: 'For pages on which somebody works without asking the registry anything.',
  ok: { 'application/json': sessionAnswer },
  refusals: [],
})

export const desk = {
  saveDraft,
  draft,
  dropDraft,
  drafts,
  bePresent,
  presence,
  leavePresence,
  staySignedIn,
} satisfies Record<string, Endpoint>
