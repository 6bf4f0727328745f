/** Rows of the contract. The holder's links, page and reports. */
import { z } from 'zod'
import {
  holderAnswer,
  holderClosed,
  holderLinks,
  holderReport,
  holderView,
  linkRequest,
  madeLink,
  reportRequest,
  revokedLink,
} from '@/lib/holders/answers'
import { endpoint, type Endpoint } from '../endpoint'

const byCertificate = z.object({ certificateId: z.string().min(1).describe('Certificate number') })
const byToken = z.object({ token: z.string().min(1).describe('The last part of the link') })

const makeHolderLink = endpoint({
  operation: 'makeHolderLink',
  method: 'POST',
  path: '/v3/certificates/{certificateId}/links',
  door: 'v3',
  who: 'caller',
  summary: 'Make a link for the holder',
  description:
    'The link opens whatever certificate of the lineage is current, after the holder answered a question about it. It is told this once: only a hash of it is kept.',
  params: byCertificate,
  body: { schema: linkRequest, checked: true, example: { days: 30 } },
  ok: { 'application/json': madeLink },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NOT_YOUR_FACILITY', 'NO_HOLDER_CHECK'],
})

const listHolderLinks = endpoint({
  operation: 'listHolderLinks',
  method: 'GET',
  path: '/v3/certificates/{certificateId}/links',
  door: 'v3',
  who: 'caller',
  summary: 'The links that were made for a holder',
  params: byCertificate,
  ok: { 'application/json': holderLinks },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY'],
})

const revokeHolderLink = endpoint({
  operation: 'revokeHolderLink',
  method: 'DELETE',
  path: '/v3/links/{linkId}',
  door: 'v3',
  who: 'caller',
  summary: 'End a link at once',
  params: z.object({ linkId: z.string() }),
  ok: { 'application/json': revokedLink },
  refusals: ['NOT_FOUND', 'NOT_YOUR_FACILITY', 'NOT_ALLOWED'],
})

const openHolderLink = endpoint({
  operation: 'openHolderLink',
  method: 'POST',
  path: '/v3/holder/{token}/session',
  door: 'v3',
  who: 'anyone',
  summary: 'Answer the question of a link',
  description:
    'A record with a date of birth is opened by that day, one with an age by year of birth and the last 4 letters or digits of the identity. Unknown, expired and ended links and wrong answers are told with the same words. Five tries, then a pause of 15 minutes. A cookie keeps the certificate open for 15 minutes.',
  params: byToken,
  body: { schema: holderAnswer, checked: true, example: { dateOfBirth: '1990-09-14' } },
  ok: { 'application/json': holderView },
  refusals: ['VALIDATION_ERROR', 'NOT_SHOWN', 'TOO_MANY_ATTEMPTS'],
})

const readHolderLink = endpoint({
  operation: 'readHolderLink',
  method: 'GET',
  path: '/v3/holder/{token}',
  door: 'v3',
  who: 'anyone',
  summary: 'The certificate behind a link, for a holder who answered',
  params: byToken,
  ok: { 'application/json': holderView },
  refusals: ['CHECK_NEEDED', 'REGISTRY_UNAVAILABLE'],
})

const closeHolderLink = endpoint({
  operation: 'closeHolderLink',
  method: 'DELETE',
  path: '/v3/holder/{token}/session',
  door: 'v3',
  who: 'anyone',
  summary: 'Close the certificate on this device',
  params: byToken,
  ok: { 'application/json': holderClosed },
  refusals: ['REGISTRY_UNAVAILABLE'],
})

const holderPdf = endpoint({
  operation: 'holderPdf',
  method: 'GET',
  path: '/v3/holder/{token}/certificate.pdf',
  door: 'v3',
  who: 'anyone',
  summary: 'The current certificate behind a link as PDF, for a holder who answered',
  params: byToken,
  query: z.object({ paper: z.enum(['a4', 'us-letter']).default('a4').describe('Paper of the PDF') }),
  ok: { 'application/pdf': 'binary' },
  refusals: ['CHECK_NEEDED', 'NOT_SHOWN', 'REGISTRY_UNAVAILABLE', 'RENDERER_UNAVAILABLE'],
})

const holderCredential = endpoint({
  operation: 'holderCredential',
  method: 'GET',
  path: '/v3/holder/{token}/certificate.vc.json',
  door: 'v3',
  who: 'anyone',
  summary: 'The current certificate behind a link as VC Data Model 2.0, for a holder who answered',
  description:
    'Software that keeps certificates asks the address in refreshService whether its copy still counts, and the holder for a link when it does not.',
  params: byToken,
  ok: { 'application/vc': 'text' },
  refusals: ['CHECK_NEEDED', 'NOT_SHOWN', 'NOT_ACCEPTABLE', 'REGISTRY_UNAVAILABLE', 'SIGNER_UNAVAILABLE'],
})

const sendHolderReport = endpoint({
  operation: 'sendHolderReport',
  method: 'POST',
  path: '/v3/holder/{token}/reports',
  door: 'v3',
  who: 'anyone',
  summary: 'Say that something is wrong',
  description: 'For a holder who answered. The report reaches the list of the facility that owns the certificate.',
  params: byToken,
  body: {
    schema: reportRequest,
    checked: true,
    example: {
      certificateId: '448086902',
      kind: 'wrong',
      fields: [{ path: 'recipient.name', right: 'Saraswathy T K' }],
      note: 'As in my passport.',
      attempt: '5f0c1d2e3b4a59687766554433221100',
    },
  },
  ok: { 'application/json': holderReport },
  refusals: ['VALIDATION_ERROR', 'CHECK_NEEDED', 'TOO_MANY_REPORTS'],
})

export const holders = {
  makeHolderLink,
  listHolderLinks,
  revokeHolderLink,
  openHolderLink,
  readHolderLink,
  closeHolderLink,
  holderPdf,
  holderCredential,
  sendHolderReport,
} satisfies Record<string, Endpoint>
