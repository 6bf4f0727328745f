/** Rows of the contract. Certificate types: what is in force, and for administrators the life of their versions. */
import { z } from 'zod'
import type { declaration } from '@/lib/certificate-types/declaration'
import {
  byName,
  byVersion,
  checkAnswer,
  deletedDraft,
  draftRequest,
  previewVersionRequest,
  publishedVersionAnswer,
  publishRequest,
  typeOverviewAnswer,
  typePreview,
  typesAnswer,
  typeUseAnswer,
  versionHeading,
  versionsAnswer,
  versionView,
} from '@/lib/type-checks/answers'
import { endpoint, type Endpoint } from '../endpoint'

const versions = '/v3/types/{name}/versions'
const EXAMPLE = { document: '{"name": "VaccinationCertificate", "version": 2}', files: {}, note: 'Parent name' }
const WRONG = ['VALIDATION_ERROR'] as const

const certificateTypes = endpoint({
  operation: 'certificateTypes',
  method: 'GET',
  path: '/v3/types',
  door: 'v3',
  who: 'person',
  summary: 'The certificate types in force',
  ok: { 'application/json': typesAnswer },
  refusals: [],
})

const certificateType = endpoint({
  operation: 'certificateType',
  method: 'GET',
  path: '/v3/types/{name}',
  door: 'v3',
  who: 'person',
  summary: 'A certificate type in force, as forms and pages read it',
  params: byName,
  ok: {
    'application/json': z.looseObject({ name: z.string(), version: z.number().int() }) as unknown as typeof declaration,
  },
  refusals: ['NOT_FOUND'],
})

const typeOverview = endpoint({
  operation: 'typeOverview',
  method: 'GET',
  path: '/v3/type-overview',
  door: 'v3',
  who: 'person',
  summary: 'All certificate types, those that are only drafts included',
  ok: { 'application/json': typeOverviewAnswer },
  refusals: [],
})

const typeUse = endpoint({
  operation: 'typeUse',
  method: 'GET',
  path: '/v3/types/{name}/use',
  door: 'v3',
  who: 'person',
  summary: 'What depends on the versions of a type: certificates, and words that certificates were signed with',
  description: 'A part of the registry at each call: the sum over all parts is the count.',
  params: byName,
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,14}\.[0-9a-f-]{36}$/)
      .optional()
      .describe('`next` of the part before'),
  }),
  ok: { 'application/json': typeUseAnswer },
  refusals: WRONG,
})

const typeVersions = endpoint({
  operation: 'typeVersions',
  method: 'GET',
  path: versions,
  door: 'v3',
  who: 'person',
  summary: 'All versions of a type, drafts included',
  params: byName,
  ok: { 'application/json': versionsAnswer },
  refusals: [],
})

const typeVersion = endpoint({
  operation: 'typeVersion',
  method: 'GET',
  path: `${versions}/{version}`,
  door: 'v3',
  who: 'person',
  summary: 'One version of a type as it was written',
  params: byVersion,
  ok: { 'application/json': versionView },
  refusals: ['NOT_FOUND'],
})

const checkType = endpoint({
  operation: 'checkType',
  method: 'POST',
  path: '/v3/types/{name}/check',
  door: 'v3',
  who: 'person',
  summary: 'What is wrong with a type, and how large its QR codes become; nothing is kept',
  params: byName,
  body: { schema: draftRequest, checked: true, example: EXAMPLE },
  ok: { 'application/json': checkAnswer },
  refusals: [...WRONG],
})

const addTypeDraft = endpoint({
  operation: 'addTypeDraft',
  method: 'POST',
  path: versions,
  door: 'v3',
  who: 'person',
  summary: 'Keep a draft of the next version',
  params: byName,
  body: { schema: draftRequest, checked: true, example: EXAMPLE },
  ok: { 'application/json': versionHeading },
  refusals: [...WRONG],
})

const changeTypeDraft = endpoint({
  operation: 'changeTypeDraft',
  method: 'PUT',
  path: `${versions}/{version}`,
  door: 'v3',
  who: 'person',
  summary: 'Write a draft anew',
  params: byVersion,
  body: { schema: draftRequest, checked: true, example: { ...EXAMPLE, checksum: '…' } },
  ok: { 'application/json': versionHeading },
  refusals: [...WRONG, 'NOT_FOUND', 'STALE_VERSION'],
})

const dropTypeDraft = endpoint({
  operation: 'dropTypeDraft',
  method: 'DELETE',
  path: `${versions}/{version}`,
  door: 'v3',
  who: 'person',
  summary: 'Take a draft away',
  params: byVersion,
  ok: { 'application/json': deletedDraft },
  refusals: ['NOT_FOUND'],
})

const previewType = endpoint({
  operation: 'previewType',
  method: 'POST',
  path: `${versions}/{version}/preview`,
  door: 'v3',
  who: 'person',
  summary: 'How certificates of a version look: sample values, signed with the test key, watermarked',
  params: byVersion,
  body: { schema: previewVersionRequest, checked: true, example: { paper: 'a4' } },
  ok: { 'application/json': typePreview },
  refusals: [
    ...WRONG,
    'NOT_FOUND',
    'STALE_VERSION',
    'UNSUPPORTED_CHARACTER',
    'TOO_LARGE_FOR_QR',
    'RENDERER_UNAVAILABLE',
    'SIGNER_UNAVAILABLE',
  ],
})

const publishType = endpoint({
  operation: 'publishType',
  method: 'POST',
  path: `${versions}/{version}/publish`,
  door: 'v3',
  who: 'person',
  summary: 'Put a version into force, or an earlier one once more',
  description:
    'All processes use it at once. Certificates that were issued before keep their version. Whatever is wrong is refused with a pointer into the document, and what is in force stays.',
  params: byVersion,
  body: { schema: publishRequest, checked: true, example: { checksum: '…' } },
  ok: { 'application/json': publishedVersionAnswer },
  refusals: [...WRONG, 'NOT_FOUND', 'STALE_VERSION'],
})

export const types = {
  certificateTypes,
  certificateType,
  typeOverview,
  typeUse,
  typeVersions,
  typeVersion,
  checkType,
  addTypeDraft,
  changeTypeDraft,
  dropTypeDraft,
  previewType,
  publishType,
} satisfies Record<string, Endpoint>
