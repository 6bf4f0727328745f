/** Rows of the contract. Records opened with a reason, hidden values revealed with a reason, look-ups that were stopped. */
import { z } from 'zod'
import {
  decision,
  lookUpStop,
  lookUpStopsAnswer,
  note,
  openingsAnswer,
  openingsToReviewAnswer,
  openingToMake,
  openingToReview,
  openingView,
  revealed,
  revealsAnswer,
  revealToMake,
} from '@/lib/openings/answers'
import { endpoint, type Endpoint } from '../endpoint'

const byOpening = z.object({ openingId: z.string().min(1) })
const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })

const openRecord = endpoint({
  operation: 'openRecord',
  method: 'POST',
  path: '/v3/openings',
  door: 'v3',
  who: 'person',
  rate: 'search',
  summary: "Open another facility's record, with a reason",
  description:
    "To be read, by this person, for OPENING_MINUTES; nothing can be changed. It is in the audit log and on the holder's page, and the supervisors of the owning facility are told. Who has opened the same record already gets that opening.",
  body: {
    schema: openingToMake,
    checked: true,
    example: { preEnrollmentCode: '987456126', reason: 'holder_asks', note: '' },
  },
  ok: { 'application/json': openingView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_ALLOWED'],
})

const ownOpenings = endpoint({
  operation: 'ownOpenings',
  method: 'GET',
  path: '/v3/openings',
  door: 'v3',
  who: 'person',
  summary: 'What the person opened within a day',
  ok: { 'application/json': openingsAnswer },
  refusals: [],
})

const endOpening = endpoint({
  operation: 'endOpening',
  method: 'POST',
  path: '/v3/openings/{openingId}/end',
  door: 'v3',
  who: 'person',
  summary: 'Close what one opened, before its time is over',
  params: byOpening,
  ok: { 'application/json': openingView },
  refusals: ['NOT_FOUND'],
})

const openingsToLookAt = endpoint({
  operation: 'openingsToReview',
  method: 'GET',
  path: '/v3/openings/review',
  door: 'v3',
  who: 'person',
  summary: 'What others opened of the records that the supervisor reaches',
  ok: { 'application/json': openingsToReviewAnswer },
  refusals: [],
})

const decideOpening = endpoint({
  operation: 'decideOpening',
  method: 'POST',
  path: '/v3/openings/{openingId}/decide',
  door: 'v3',
  who: 'person',
  summary: 'Acknowledge an opening, or object to it',
  description: 'An objection ends it at once, and the same person cannot open the same record again for a day.',
  params: byOpening,
  body: {
    schema: decision,
    checked: true,
    example: { verdict: 'objected', answer: 'The holder is not at your facility.' },
  },
  ok: { 'application/json': openingToReview },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'SECOND_PERSON_NEEDED', 'OPENING_DECIDED'],
})

const revealValues = endpoint({
  operation: 'revealValues',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/reveals',
  door: 'v3',
  who: 'person',
  summary: 'Show the hidden values of a record, with a reason',
  description:
    "What the markers in all answers about the record stand for, for REVEAL_MINUTES; also in the requests for a correction of it that the person made or may decide. In the audit log and on the holder's page.",
  params: byCertificate,
  body: { schema: revealToMake, checked: true, example: { reason: 'identify', note: '' } },
  ok: { 'application/json': revealed },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const revealedValues = endpoint({
  operation: 'revealedValues',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/reveals',
  door: 'v3',
  who: 'person',
  summary: 'The hidden values that are revealed to the person now',
  params: byCertificate,
  ok: { 'application/json': revealsAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const lookUpStops = endpoint({
  operation: 'lookUpStops',
  method: 'GET',
  path: '/v3/look-ups/stops',
  door: 'v3',
  who: 'person',
  summary: 'Who asked for too many different records, within a week',
  ok: { 'application/json': lookUpStopsAnswer },
  refusals: [],
})

const liftLookUpStop = endpoint({
  operation: 'liftLookUpStop',
  method: 'POST',
  path: '/v3/look-ups/stops/{stopId}/lift',
  door: 'v3',
  who: 'person',
  summary: 'Let somebody go on who asked for too many different records',
  description: 'The same number again, for the rest of that hour or day.',
  params: z.object({ stopId: z.string().min(1) }),
  body: {
    schema: z.object({ reason: note.min(1, 'Say why') }),
    checked: true,
    example: { reason: 'Mobile clinic at the harbour today' },
  },
  ok: { 'application/json': lookUpStop },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'SECOND_PERSON_NEEDED'],
})

export const openings = {
  openRecord,
  ownOpenings,
  endOpening,
  openingsToReview: openingsToLookAt,
  decideOpening,
  revealValues,
  revealedValues,
  lookUpStops,
  liftLookUpStop,
} satisfies Record<string, Endpoint>
