/** What is asked about one certificate, and the preview of a correction. */
import { z } from 'zod'
import { certificateView, lineagesAnswer, previewAnswer, transactionView } from '@/lib/certificates/answers'
import { endpoint, type Endpoint } from '../endpoint'
import { updateExample } from '../examples'
import { prefer } from './accepting'

export const previewRequest = z.object({
  item: z.unknown().describe('A draft: a request item as for PUT /v3/certificate'),
  certificateId: z
    .string()
    .regex(/^[^\u0000-\u001f]*$/)
    .optional()
    .describe('The certificate that would be replaced: adds the differences'),
  paper: z.enum(['a4', 'us-letter']).optional(),
  want: z
    .array(z.enum(['pdf', 'pictures', 'means']))
    .optional()
    .describe(
      'Which forms of the page; both without it, and none of an empty list: then the answer is soon there. means: what a client draws the QR codes of further drafts with',
    ),
})

export const paper = z.object({
  paper: z.enum(['a4', 'us-letter']).optional().describe("Paper of the PDF; the installation's without it"),
  variant: z.enum(['normal', 'large']).optional().describe('large: large print, over as many pages as it takes'),
  print: z
    .string()
    .optional()
    .describe('printId: the copies of a counted print run, which say who printed them and when'),
})
export const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })

const transaction = endpoint({
  operation: 'transaction',
  method: 'GET',
  path: '/v3/transactions/{transactionId}',
  door: 'v3',
  who: 'caller',
  summary: 'Where an accepted item stands',
  params: z.object({ transactionId: z.string() }),
  headers: z.object({ prefer }),
  ok: { 'application/json': transactionView },
  refusals: ['TRANSACTION_NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const lineages = endpoint({
  operation: 'lineages',
  method: 'GET',
  path: '/v3/certificates',
  door: 'v3',
  who: 'caller',
  summary: 'Find certificates by pre-enrollment code',
  description:
    'One entry per programme and dose (or whatever else tells the certificates of one code apart): its state, updates used and left, and its history.',
  query: z.object({
    preEnrollmentCode: z.string().min(1, 'is missing'),
    dose: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe('Of types that are counted, as vaccinations are'),
    programId: z.string().optional().describe('"" = without programme'),
  }),
  ok: { 'application/json': lineagesAnswer },
  rate: 'search',
  refusals: ['NOT_YOUR_FACILITY'],
})

const certificate = endpoint({
  operation: 'certificate',
  method: 'GET',
  path: '/v3/certificates/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: 'One certificate in the form that Accept asks for',
  description:
    'JSON is the registry view. application/vc+ld+json is the credential of the QR code exactly as signed, application/vc the same certificate as VC Data Model 2.0 (no two values of it can change places, and it names its status lists), application/pdf the page, PNG and SVG its QR code.',
  params: byCertificate,
  query: paper,
  ok: {
    'application/json': certificateView,
    'application/vc+ld+json': 'text',
    'application/vc': 'text',
    'application/pdf': 'binary',
    'image/png': 'binary',
    'image/svg+xml': 'text',
  },
  revalidates: true,
  refusals: [
    'NOT_FOUND',
    'NOT_YOUR_FACILITY',
    'REVEAL_REQUIRED',
    'NOT_ACCEPTABLE',
    'RENDERER_UNAVAILABLE',
    'SIGNER_UNAVAILABLE',
  ],
})

const certificateFile = endpoint({
  operation: 'certificateFile',
  method: 'GET',
  path: '/v3/certificates/{certificateId}.{extension}',
  door: 'v3',
  who: 'caller',
  summary: 'One certificate as a file',
  description: 'page.svg is a picture of one page.',
  params: byCertificate.extend({ extension: z.enum(['json', 'jsonld', 'vc.json', 'pdf', 'png', 'svg', 'page.svg']) }),
  query: paper.extend({ page: z.coerce.number().int().min(1).default(1).describe('Of page.svg') }),
  ok: certificate.ok,
  revalidates: true,
  refusals: certificate.refusals,
})

const preview = endpoint({
  operation: 'preview',
  method: 'POST',
  path: '/v3/preview',
  door: 'v3',
  who: 'person',
  summary: 'How a draft would look, unsigned and watermarked',
  body: { schema: previewRequest, checked: true, example: { item: updateExample[0] } },
  ok: { 'application/json': previewAnswer },
  refusals: [
    'VALIDATION_ERROR',
    'MISSING_FIELDS',
    'UNSUPPORTED_CHARACTER',
    'TOO_LARGE_FOR_QR',
    'NOT_FOUND',
    'NOT_YOUR_FACILITY',
    'RENDERER_UNAVAILABLE',
  ],
})

export const certificates = {
  transaction,
  lineages,
  certificate,
  certificateFile,
  preview,
} satisfies Record<string, Endpoint>
