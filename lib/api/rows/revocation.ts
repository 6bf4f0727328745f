/** Rows of the contract. Revoking, suspending and lifting a suspension, one certificate or the doses of a code. */
import { z } from 'zod'
import { causeOfStatus, statusChange, statusReason } from '@/lib/certificates/answers'
import { atDivoc, endpoint, type Endpoint } from '../endpoint'
import { idempotencyKey } from './accepting'
import { instant } from './times'

const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })
const headers = z.object({ 'idempotency-key': idempotencyKey })
const reason = statusReason.extend({
  note: z
    .string()
    .max(500, 'may have at most 500 characters')
    .regex(/^[^\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/u, 'holds a control character')
    .transform((text) => text.trim())
    .transform((text) => text || undefined)
    .optional()
    .describe('At most 500 characters, for operators and source systems; holders and verifiers never see it'),
})
const refusals = [
  'VALIDATION_ERROR',
  'NOT_FOUND',
  'NOT_YOUR_FACILITY',
  'STALE_VERSION',
  'CERTIFICATE_REVOKED',
  'IDEMPOTENCY_KEY_REUSED',
] as const

const NEWEST =
  'Only the newest certificate of a dose can be meant: for one that was corrected the answer is 412 STALE_VERSION and names the newest. The number of one that was only issued anew since then, with the same content, means the newest: certificateId of the answer is the one that was changed. The same request again answers "unchanged".'
const WAITING = 'Updates that wait to be issued end as failed and cost nothing.'

const revokeCertificate = endpoint({
  operation: 'revokeCertificate',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/revoke',
  door: 'v3',
  who: 'caller',
  summary: 'Revoke a certificate, for good',
  description: `From the answer on it verifies as revoked. ${WAITING} The dose can be certified again, as a new first certificate with a fresh allowance. ${NEWEST}`,
  params: byCertificate,
  headers,
  body: {
    schema: z.object({ reason }),
    checked: true,
    example: { reason: { cause: 'error', note: 'Recorded for the wrong person' } },
  },
  ok: { 'application/json': statusChange },
  refusals,
})

const suspendCertificate = endpoint({
  operation: 'suspendCertificate',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/suspend',
  door: 'v3',
  who: 'caller',
  summary: 'Suspend a certificate, with or without an end',
  description: `From the answer on it verifies as suspended, until the end that is given or until it is lifted. ${WAITING} Suspending again changes the end and the reason. ${NEWEST}`,
  params: byCertificate,
  headers,
  body: {
    schema: z.object({
      reason,
      until: instant
        .transform((text) => new Date(text))
        .nullable()
        .optional()
        .describe('When the suspension ends by itself: an instant to come; null or absent = when it is lifted'),
    }),
    checked: true,
    example: { reason: { cause: 'other', note: 'Being looked into' }, until: '2099-06-01T00:00:00Z' },
  },
  ok: { 'application/json': statusChange },
  refusals,
})

const liftSuspension = endpoint({
  operation: 'liftSuspension',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/lift',
  door: 'v3',
  who: 'caller',
  summary: 'Lift the suspension of a certificate',
  description: `From the answer on it verifies as valid again. ${NEWEST}`,
  params: byCertificate,
  headers,
  body: {
    schema: z.object({ reason }),
    checked: true,
    example: { reason: { cause: 'other', note: 'Looked into: it is right' } },
  },
  ok: { 'application/json': statusChange },
  refusals: [...refusals, 'NOT_SUSPENDED'],
})

const revokeDoses = endpoint({
  operation: 'revokeDoses',
  method: 'DELETE',
  path: '/v1/certificates/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: 'Revoke the last doses of a code, or all of them',
  description:
    'The last part of the address is the pre-enrollment code here. The doses have to follow one another and include the greatest one that has a certificate; allDoses=true wins over them. All of them are revoked, or none. Certificates that were revoked before are not counted: with nothing left the answer is 404.',
  params: z.object({ certificateId: z.string().min(1).describe('The pre-enrollment code') }),
  query: z.object({
    doses: z
      .string()
      .regex(/^\d{1,4}(,\d{1,4})*$/, 'must be whole numbers with commas between them')
      .transform((text) => text.split(',').map(Number))
      .optional()
      .describe('For example 1,2'),
    allDoses: z
      .enum(['true', 'false', ''])
      .transform((given) => given !== 'false')
      .optional()
      .describe('true: every dose'),
    cause: causeOfStatus.default('other').describe('Why; there is no place for a note in an address'),
  }),
  headers,
  ok: {
    'application/json': z.object({
      results: z.array(statusChange.extend({ dose: z.number().int(), programId: z.string() })),
    }),
  },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'UPDATE_PENDING', 'IDEMPOTENCY_KEY_REUSED'],
})

export const revocation = {
  revokeCertificate,
  suspendCertificate,
  liftSuspension,
  revokeDoses,
  divocRevokeDoses: atDivoc(revokeDoses),
} satisfies Record<string, Endpoint>
