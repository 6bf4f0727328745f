/** Every endpoint, who may call it, what goes in and what comes out: handlers, OpenAPI and the typed client read this table. */
import { z } from 'zod'
import { certificateView, lineagesAnswer, previewAnswer, transactionView } from '@/lib/certificates/answers'
import { atDivoc, endpoint, type Endpoint } from './endpoint'
import { updateExample } from './examples'
import { certify, prefer, updateCertificates } from './rows/accepting'
import { administration } from './rows/administration'
import { approvalRows } from './rows/approvals'
import { audits } from './rows/audit'
import { bulk } from './rows/bulk'
import { checkRows } from './rows/checks'
import { confirmation } from './rows/confirmation'
import { desk } from './rows/desk'
import { developers } from './rows/developers'
import { doses } from './rows/doses'
import { holders } from './rows/holders'
import { identity } from './rows/identity'
import { keys } from './rows/keys'
import { openings } from './rows/openings'
import { operations } from './rows/operations'
import { otherTypes } from './rows/other-types'
import { printing } from './rows/printing'
import { recalls } from './rows/recalls'
import { reissues } from './rows/reissues'
import { revocation } from './rows/revocation'
import { sandbox } from './rows/sandbox'
import { statusLists } from './rows/status-lists'
import { trust } from './rows/trust'
import { types } from './rows/types'
import { certifyV1, updateCertificatesV1, v1 } from './rows/v1'
import { vcApi } from './rows/vc-api'
import { vcCertification } from './rows/vc-certification'
import { vcManagement } from './rows/vc-management'
import { verification } from './rows/verification'
import { webhookRows } from './rows/webhooks'

export type * from '@/lib/certificates/answers'
export type { Answer, Body, Endpoint, Params, Query } from './endpoint'
export { certificationRequest, certificationRequestV1 } from './rows/accepting'

/** DIVOC's registry row of one certificate. */
export const registryRowAnswer = z.object({
  name: z.string(),
  contact: z.array(z.string()),
  mobile: z.string().describe('The first tel: contact without its prefix, "" without one'),
  preEnrollmentCode: z.string(),
  certificateId: z.string(),
  certificate: z.record(z.string(), z.unknown()).describe('The signed credential'),
  programId: z.string(),
  meta: z.record(z.string(), z.unknown()),
  osCreatedAt: z.iso.datetime(),
})

export const revokedAnswer = z.object({ revoked: z.literal(true) })

export const readyAnswer = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), note: z.string().optional() })),
})

export const healthAnswer = z.object({ status: z.literal('up') })

export const previewRequest = z.object({
  item: z.unknown().describe('A draft: a request item as for PUT /v3/certificate'),
  certificateId: z
    .string()
    .regex(/^[^\u0000-\u001f]*$/)
    .optional()
    .describe('The certificate that would be replaced: adds the differences'),
  paper: z.enum(['a4', 'us-letter']).optional(),
  want: z
    .array(z.enum(['pdf', 'pictures']))
    .optional()
    .describe('Which forms of the page; both without it, and none of an empty list: then the answer is soon there'),
})

const anyObject = z.record(z.string(), z.unknown())
const paper = z.object({
  paper: z.enum(['a4', 'us-letter']).optional().describe("Paper of the PDF; the installation's without it"),
  variant: z.enum(['normal', 'large']).optional().describe('large: large print, over as many pages as it takes'),
  print: z
    .string()
    .optional()
    .describe('printId: the copies of a counted print run, which say who printed them and when'),
})
const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })
const byCode = z.object({ preEnrollmentCode: z.string().min(1) })
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

const registryRow = endpoint({
  operation: 'registryRow',
  method: 'GET',
  path: '/v1/certificates/{certificateId}',
  door: 'v3',
  who: 'caller',
  summary: "One certificate as DIVOC's registry shows it",
  params: byCertificate,
  ok: { 'application/json': registryRowAnswer },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const revoked = endpoint({
  operation: 'revoked',
  method: 'POST',
  path: '/v1/certificate/revoked',
  door: 'v3',
  who: 'anyone',
  summary: 'Was this certificate replaced or revoked?',
  description:
    'Takes a signed certificate and looks up evidence[0].certificateId alone. 200 = replaced or revoked; 404 = looked up, and it is not; anything else = not known.',
  body: {
    schema: anyObject,
    checked: false,
    example: { evidence: [{ certificateId: '448086902' }] },
    alsoAs: ['application/ld+json', 'application/vc+ld+json'],
  },
  ok: { 'application/json': revokedAnswer },
  refusals: ['NOT_REVOKED', 'MALFORMED_CERTIFICATE'],
  anyOrigin: true,
})

const ping = endpoint({
  operation: 'ping',
  method: 'GET',
  path: '/v1/ping',
  door: 'v3',
  who: 'anyone',
  summary: 'Answers',
  ok: { 'text/plain': 'text' },
  rate: 'free',
  refusals: [],
})

const latestPdf = endpoint({
  operation: 'latestPdf',
  method: 'GET',
  path: '/certificate/api/certificatePDF/{preEnrollmentCode}',
  door: 'divoc',
  who: 'caller',
  summary: 'The newest certificate of a code as PDF',
  params: byCode,
  query: paper,
  ok: { 'application/pdf': 'binary' },
  revalidates: true,
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'RENDERER_UNAVAILABLE'],
})

const latestPdfHead = endpoint({
  ...latestPdf,
  operation: 'latestPdfHead',
  method: 'HEAD',
  summary: 'Is there a certificate for this code?',
  revalidates: false,
})

const latestQr = endpoint({
  operation: 'latestQr',
  method: 'GET',
  path: '/certificate/api/certificateQRCode/{preEnrollmentCode}',
  door: 'divoc',
  who: 'caller',
  summary: 'The QR code of the newest certificate of a code as PNG',
  params: byCode,
  ok: { 'image/png': 'binary' },
  revalidates: true,
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
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

const didDocument = endpoint({
  operation: 'didDocument',
  method: 'GET',
  path: '/.well-known/did.json',
  door: 'v3',
  who: 'anyone',
  summary: "The issuer's public keys as a DID document",
  ok: { 'application/json': anyObject },
  rate: 'free',
  refusals: ['SIGNER_UNAVAILABLE'],
  anyOrigin: true,
})

const contextDocument = endpoint({
  operation: 'contextDocument',
  method: 'GET',
  path: '/contexts/{path}',
  door: 'v3',
  who: 'anyone',
  summary: 'A JSON-LD context of the credentials',
  description: 'The path is that of the vocabulary IRI, for example credentials/vaccination/v2.',
  params: z.object({ path: z.string().min(1) }),
  ok: { 'application/ld+json': anyObject },
  rate: 'free',
  refusals: ['NOT_FOUND'],
  anyOrigin: true,
})

const openApi = endpoint({
  operation: 'openApi',
  method: 'GET',
  path: '/openapi.json',
  door: 'v3',
  who: 'anyone',
  summary: 'This document',
  ok: { 'application/json': anyObject },
  rate: 'free',
  refusals: [],
  anyOrigin: true,
})

const health = endpoint({
  operation: 'health',
  method: 'GET',
  path: '/healthz',
  door: 'v3',
  who: 'anyone',
  summary: 'Is the process up?',
  ok: { 'application/json': healthAnswer },
  rate: 'free',
  refusals: [],
})

const ready = endpoint({
  operation: 'ready',
  method: 'GET',
  path: '/readyz',
  door: 'v3',
  who: 'anyone',
  summary: 'Does everything that issuing needs work?',
  ok: { 'application/json': readyAnswer },
  alsoAnswers: [503],
  rate: 'free',
  refusals: [],
})

const metrics = endpoint({
  operation: 'metrics',
  method: 'GET',
  path: '/metrics',
  door: 'v3',
  who: 'anyone',
  summary: 'Figures of this process for Prometheus',
  description:
    'In the text format 0.0.4. For whoever has METRICS_TOKEN (as a bearer token); without that setting only for programs on the same machine. Each process has its own.',
  ok: { 'text/plain': 'text' },
  rate: 'free',
  refusals: ['UNAUTHENTICATED'],
})

/** All endpoints. */
export const contract = {
  certify,
  updateCertificates,
  transaction,
  lineages,
  certificate,
  certificateFile,
  preview,
  registryRow,
  revoked,
  ping,
  divocCertify: atDivoc(certify),
  divocUpdateCertificates: atDivoc(updateCertificates),
  divocCertifyV1: atDivoc(certifyV1),
  divocUpdateCertificatesV1: atDivoc(updateCertificatesV1),
  ...otherTypes,
  divocCertifyOfType: atDivoc(otherTypes.certifyOfType),
  divocUpdateOfType: atDivoc(otherTypes.updateOfType),
  divocCertifyTest: atDivoc(otherTypes.certifyTest),
  divocTransaction: atDivoc(transaction),
  divocLineages: atDivoc(lineages),
  divocCertificate: atDivoc(certificate),
  divocCertificateFile: atDivoc(certificateFile),
  divocRegistryRow: atDivoc(registryRow),
  divocRevoked: atDivoc(revoked),
  divocPing: atDivoc(ping),
  latestPdf,
  latestPdfHead,
  latestQr,
  didDocument,
  contextDocument,
  openApi,
  health,
  ready,
  metrics,
  ...holders,
  ...verification,
  ...checkRows,
  ...confirmation,
  ...openings,
  ...operations,
  ...printing,
  ...desk,
  ...administration,
  ...approvalRows,
  ...audits,
  ...identity,
  ...developers,
  ...v1,
  ...sandbox,
  ...doses,
  ...revocation,
  ...recalls,
  ...bulk,
  ...reissues,
  ...statusLists,
  ...trust,
  ...types,
  ...keys,
  ...vcApi,
  ...vcCertification,
  ...vcManagement,
  ...webhookRows,
} satisfies Record<string, Endpoint>
