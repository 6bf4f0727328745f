/** Rows of the contract. The VC API of DIVOC 3.0: certify, update, fetch, revoke, suspend, follow. */
import { z } from 'zod'
import {
  certifyAnswer,
  entityAnswer,
  revokeAnswer,
  transactionRecord,
  unsuspendAnswer,
} from '@/lib/vc-certification/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { entityExample } from '../examples'
import { idempotencyKey } from './accepting'

/** What Accept can choose from, the default first. */
export const ENTITY_MEDIA = [
  'application/json',
  'application/vc+ld+json',
  'application/pdf',
  'image/svg+xml',
  'text/html',
] as const

const TOKENS =
  'For source systems with a token: DIVOC lets anybody in who sends any header, which is not repeated here.'

const entityName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'must be the name of a certificate type')
  .describe('Name of the certificate type, or another one of it, for example HealthProfessional_1')
const certificateId = z
  .string()
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u, 'must be a certificate number')
  .describe('Certificate number')
const byEntity = z.object({ entityName })
const byCertificate = z.object({ entityName, certificateId })
const headers = z.object({ 'idempotency-key': idempotencyKey })

const { certificateId: _replaced, ...NEW } = entityExample

/** The fields of the type besides: what they may hold says the type. */
const payload = z.looseObject({
  issuer: z
    .string()
    .describe('A URI. Kept where the type has a field for it; the credential is signed in our own name'),
  issuanceDate: z.string().describe('Kept where the type has a field for it; the credential says when it was signed'),
  validFrom: z.string().optional(),
  validTill: z.string().optional().describe('Afterwards the certificate verifies as expired'),
  certificateId: z.string().optional().describe('The certificate that this one replaces'),
})

const accepting = [
  'SCHEMA_NOT_FOUND',
  'MALFORMED_REQUEST',
  'VALIDATION_ERROR',
  'MISSING_FIELDS',
  'UNSUPPORTED_CHARACTER',
  'TOO_LARGE_FOR_QR',
  'NOT_YOUR_FACILITY',
  'IDEMPOTENCY_KEY_REUSED',
] as const
const updating = [
  ...accepting,
  'CERTIFICATE_NOT_FOUND',
  'UPDATE_LIMIT_REACHED',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_SUSPENDED',
  'STALE_VERSION',
  'PREVIOUS_FAILED',
  'UPDATE_PENDING',
  'APPROVAL_PENDING',
  'DOSE_TAKEN',
  'PROGRAM_REQUIRED',
] as const

const REPLACES =
  'The certificate has to be the newest one of its kind, of this entity, within the reach of the token and the update limit. It counts until the new one is issued; where that fails it goes on counting.'

const certifyEntity = endpoint({
  operation: 'certifyEntity',
  method: 'POST',
  path: '/vc-certification/v1/certify/{entityName}',
  door: 'v3',
  who: 'caller',
  summary: 'Certify one entity',
  description: `Follow it with its transactionId. With a certificateId it is an update and checked as one (the token needs the scope for that, too). ${REPLACES} ${TOKENS}`,
  params: byEntity,
  headers,
  body: { schema: payload, checked: false, example: NEW },
  ok: { 'application/json': certifyAnswer },
  refusals: [...updating, 'ALREADY_CERTIFIED', 'SCOPE_MISSING'],
})

const updateEntity = endpoint({
  operation: 'updateEntity',
  method: 'PUT',
  path: '/vc-certification/v1/certify/{entityName}',
  door: 'v3',
  who: 'caller',
  summary: 'Correct the certificate of an entity',
  description: `The payload is the whole record and names the certificate in certificateId. ${REPLACES}`,
  params: byEntity,
  headers,
  body: { schema: payload.extend({ certificateId: z.string() }), checked: false, example: entityExample },
  ok: { 'application/json': certifyAnswer },
  refusals: updating,
})

const replaceEntity = endpoint({
  ...updateEntity,
  operation: 'replaceEntity',
  path: '/vc-certification/v1/certify/{entityName}/{certificateId}',
  summary: 'Correct the certificate of an entity, which the address names',
  params: byCertificate,
  body: { ...updateEntity.body, schema: payload, example: NEW },
})

const entityCertificate = endpoint({
  operation: 'entityCertificate',
  method: 'GET',
  path: '/vc-certification/v1/certificate/{entityName}/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: 'The certificate of an entity in the form that Accept asks for',
  description: `JSON is the payload it was made of, with the signed credential as text; application/vc+ld+json is that credential; SVG is its first page, HTML all of them. ${TOKENS}`,
  params: byCertificate,
  headers: z.object({
    'template-key': z
      .string()
      .max(200)
      .optional()
      .describe('Taken and passed over: each type has one template, under which certificates keep their look'),
  }),
  ok: {
    'application/json': entityAnswer,
    'application/vc+ld+json': 'text',
    'application/pdf': 'binary',
    'image/svg+xml': 'text',
    'text/html': 'text',
  },
  revalidates: true,
  refusals: ['SCHEMA_NOT_FOUND', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'NOT_ACCEPTABLE', 'RENDERER_UNAVAILABLE'],
})

const revoking = [
  'SCHEMA_NOT_FOUND',
  'VALIDATION_ERROR',
  'ENTRY_NOT_FOUND',
  'NOT_YOUR_FACILITY',
  'STALE_VERSION',
] as const

const revokeEntity = endpoint({
  operation: 'revokeEntity',
  method: 'POST',
  path: '/vc-certification/v1/certificate/revoke',
  door: 'v3',
  who: 'caller',
  summary: 'Revoke the certificate of an entity, or suspend it until a date',
  description:
    'From the answer on it verifies as revoked, or until endDate as suspended; then it counts again by itself. A suspended certificate can be revoked for good. 409: it is revoked already, or suspended and to be suspended. 412: it was corrected, and its newest certificate counts; one that was only issued anew since then, with the same content, is followed, and certificateId in certificateRevokeResponse is the one that was revoked.',
  headers,
  body: {
    schema: z.object({
      certificateId,
      entityName,
      endDate: z.string().nullable().optional().describe('An instant to come: suspend until then'),
    }),
    checked: true,
    example: { certificateId: '614894628867', entityName: 'HealthProfessional_1', endDate: '2099-06-01T00:00:00Z' },
  },
  ok: { 'application/json': revokeAnswer },
  refusals: [...revoking, 'ALREADY_REVOKED', 'IDEMPOTENCY_KEY_REUSED'],
})

const removeEntity = endpoint({
  operation: 'removeEntity',
  method: 'DELETE',
  path: '/vc-certification/v1/certificate/{entityName}/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: 'Revoke the certificate of an entity, for good',
  params: byCertificate,
  headers,
  ok: { 'application/json': revokeAnswer },
  refusals: [...revoking, 'ALREADY_REVOKED', 'IDEMPOTENCY_KEY_REUSED'],
})

const unsuspendEntity = endpoint({
  operation: 'unsuspendEntity',
  method: 'DELETE',
  path: '/vc-certification/v1/certificate/revoke/{entityName}/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: 'End the suspension of the certificate of an entity',
  description: 'The last part of the address is the number of the suspended certificate. Done when it is answered.',
  params: byCertificate,
  headers,
  ok: { 'application/json': unsuspendAnswer },
  refusals: [...revoking, 'REVOKED_FOR_GOOD', 'IDEMPOTENCY_KEY_REUSED'],
})

const entityTransaction = endpoint({
  operation: 'entityTransaction',
  method: 'GET',
  path: '/vc-management/v1/transaction/{transactionId}',
  door: 'v3',
  who: 'caller',
  summary: 'Where a transaction stands',
  description: `PENDING until it is issued or failed; 404 is only what was never accepted. Also at /vc-management/V1. ${TOKENS}`,
  params: z.object({ transactionId: z.string() }),
  ok: { 'application/json': transactionRecord },
  refusals: ['TRANSACTION_NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

export const vcCertification = {
  certifyEntity,
  updateEntity,
  replaceEntity,
  entityCertificate,
  revokeEntity,
  removeEntity,
  unsuspendEntity,
  entityTransaction,
} satisfies Record<string, Endpoint>
