/** Rows of the contract. Certify and update: what is common to both and to both generations of DIVOC's request. */
import { z } from 'zod'
import { acceptAnswer } from '@/lib/certificates/answers'
import type { CertificateRecord } from '@/lib/certificates/record'
import { endpoint } from '../endpoint'
import { certifyExample, updateExample } from '../examples'

/** One request item. What it holds says the certificate type in force: OpenAPI is made from that, and requests are read with it. */
export const certificationRequest = anItem()

/** One request item of the first generation. */
export const certificationRequestV1 = anItem()

function anItem(): z.ZodType<CertificateRecord> {
  return z.record(z.string(), z.unknown()) as never
}

const dryRun = z.object({
  dryRun: z
    .enum(['true', 'false', ''])
    .transform((given) => given !== 'false')
    .optional()
    .describe('true: the same answer, nothing is written'),
})
/** Header of whatever must not be done twice. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
  .optional()
  .describe('A retry with the same key within 24 hours gets the same answer')
const ifMatch = z
  .string()
  .regex(
    /^"[^"*,\s]+"(?:[ \t]*,[ \t]*"[^"*,\s]+")*$/,
    'must be certificate numbers in double quotes, with commas between them',
  )
  .transform((given) => Array.from(given.matchAll(/"([^"]+)"/g), (match) => match[1]!))
  .optional()
  .describe(
    '"<certificateId>", for an array "<certificateId>", "<certificateId>", …: the certificates that the items were made for, in any order. An item whose newest accepted certificate is not among them is refused (412 STALE_VERSION)',
  )

/** A preference is never refused: one that cannot be read is passed over. */
export const prefer = z
  .string()
  .optional()
  .describe(
    '"wait=N": answer when everything is issued or failed, at the latest after N seconds (30 at most). Other preferences are passed over',
  )

const confirmation = z
  .uuid()
  .optional()
  .describe('confirmationId: refuse (412 NOT_CONFIRMED) unless the holder confirmed exactly these changes')

const itemRefusals = [
  'VALIDATION_ERROR',
  'MISSING_FIELDS',
  'UNSUPPORTED_CHARACTER',
  'TOO_LARGE_FOR_QR',
  'CONFLICTING_ITEMS',
  'MALFORMED_REQUEST',
  'NOT_YOUR_FACILITY',
  'TOO_MANY_ITEMS',
  'IDEMPOTENCY_KEY_REUSED',
  'NOTHING_ACCEPTED',
] as const

/** POST /v3/certify */
export const certify = endpoint({
  operation: 'certify',
  method: 'POST',
  path: '/v3/certify',
  door: 'v3',
  who: 'caller',
  summary: 'Certify vaccinations',
  description:
    'All items are accepted, or none. An answer of 200 means that they are stored and will be issued; follow each with its transactionId.',
  query: dryRun,
  headers: z.object({ 'idempotency-key': idempotencyKey, prefer }),
  body: { schema: z.array(certificationRequest).max(500), checked: false, example: certifyExample },
  ok: { 'application/json': acceptAnswer },
  refusals: [...itemRefusals, 'ALREADY_CERTIFIED', 'DOSE_TAKEN'],
})

/** PUT /v3/certificate */
export const updateCertificates = endpoint({
  operation: 'updateCertificates',
  method: 'PUT',
  path: '/v3/certificate',
  door: 'v3',
  who: 'caller',
  summary: 'Update certificates',
  description:
    'Each item replaces the record of its code, programme and dose as a whole; a new certificate with a new number replaces the old one. All items are accepted, or none.\n\nTo move a certificate to another dose, say in vaccination.dose where it is and in meta.correctedDose where it goes. The move is an update like others: it costs one, the history and the updates left move along, and the old dose is free when the new certificate is issued. From acceptance on the new dose is kept for it. Refused while another update of the dose is being issued (UPDATE_PENDING), and when the new dose is taken (DOSE_TAKEN).\n\nThe certificate type can say that some corrections of people (or of source systems) need a second person. Such an item is answered with status awaiting_approval and a requestId: nothing is accepted and no update is spent before a supervisor approves it. A dry run tells beforehand. While a request waits, another one for the same certificate is refused (APPROVAL_PENDING).',
  query: dryRun,
  headers: z.object({
    'idempotency-key': idempotencyKey,
    'if-match': ifMatch,
    prefer,
    'holder-confirmation': confirmation,
  }),
  body: { schema: z.array(certificationRequest).max(500), checked: false, example: updateExample },
  ok: { 'application/json': acceptAnswer },
  refusals: [
    ...itemRefusals,
    'PROGRAM_REQUIRED',
    'CERTIFICATE_NOT_FOUND',
    'UPDATE_LIMIT_REACHED',
    'CERTIFICATE_REVOKED',
    'CERTIFICATE_SUSPENDED',
    'STALE_VERSION',
    'NOT_CONFIRMED',
    'PREVIOUS_FAILED',
    'UPDATE_PENDING',
    'APPROVAL_PENDING',
    'DOSE_TAKEN',
  ],
})
