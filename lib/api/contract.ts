/** Every endpoint, who may call it, what goes in and what comes out: handlers, OpenAPI and the typed client read this table. */
import { z } from 'zod'
import { atDivoc, endpoint, type Endpoint } from './endpoint'
import { certify, updateCertificates } from './rows/accepting'
import { administration } from './rows/administration'
import { approvalRows } from './rows/approvals'
import { audits } from './rows/audit'
import { bulk } from './rows/bulk'
import { byCertificate, certificates, paper } from './rows/certificates'
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
export { previewRequest } from './rows/certificates'
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

const anyObject = z.record(z.string(), z.unknown())
const byCode = z.object({ preEnrollmentCode: z.string().min(1) })
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
  ...certificates,
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
  divocTransaction: atDivoc(certificates.transaction),
  divocLineages: atDivoc(certificates.lineages),
  divocCertificate: atDivoc(certificates.certificate),
  divocCertificateFile: atDivoc(certificates.certificateFile),
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
