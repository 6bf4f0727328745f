/** Rows of the contract. Status lists and the list of what was replaced, cancelled or suspended, as signed files for anybody. */
import { z } from 'zod'
import { revocationIndex, revocationPage } from '@/lib/status-lists/answers'
import { endpoint, type Endpoint } from '../endpoint'

const statusList = endpoint({
  operation: 'statusList',
  method: 'GET',
  path: '/status/{listId}/{purpose}',
  door: 'v3',
  who: 'anyone',
  summary: 'A status list (W3C Bitstring Status List v1.0) as a signed credential',
  description:
    'Certificates of VC Data Model 2.0 name their lists and their place in credentialStatus. revocation: 1 = cancelled or replaced. suspension: 1 = suspended. message, three bits: 0 valid, 1 replaced, 2 cancelled by error, 3 cancelled for fraud, 4 suspended, 5 cancelled for another reason. Places are given in random order. A change is in the list within a second. By Accept the same document as application/vc (the default), application/ld+json or application/json.',
  params: z.object({
    listId: z.string().min(1),
    purpose: z.string().min(1).describe('revocation, suspension or message'),
  }),
  ok: { 'application/vc': 'text', 'application/ld+json': 'text', 'application/json': 'text' },
  revalidates: true,
  refusals: ['NOT_FOUND'],
  anyOrigin: true,
})

const revocationList = endpoint({
  operation: 'revocationList',
  method: 'GET',
  path: '/v3/revocation-list',
  door: 'v3',
  who: 'anyone',
  summary: 'Every certificate that was replaced, cancelled or suspended: the index of the signed pages',
  description:
    'For verifiers without a connection. Take the pages that you do not have, and the last one again: the entries of full pages never change. How old the list is stands in the signature of its last page, which is never full.',
  ok: { 'application/json': revocationIndex },
  revalidates: true,
  refusals: ['NOT_FOUND'],
  anyOrigin: true,
})

const revocationListPage = endpoint({
  operation: 'revocationListPage',
  method: 'GET',
  path: '/v3/revocation-list/pages/{page}',
  door: 'v3',
  who: 'anyone',
  summary: 'A page of the revocation list, signed',
  description:
    'By Accept: application/jose (a compact JWS, the default; its key is that of certificates in did.json), application/json (what is signed) or text/csv. Entries are numbers with state, time, end of a suspension and cause, in the order of publication; a later entry of the same number counts.',
  params: z.object({ page: z.string().min(1) }),
  ok: { 'application/jose': 'text', 'application/json': revocationPage, 'text/csv': 'text' },
  revalidates: true,
  refusals: ['NOT_FOUND', 'NOT_ACCEPTABLE'],
  anyOrigin: true,
})

export const statusLists = { statusList, revocationList, revocationListPage } satisfies Record<string, Endpoint>
