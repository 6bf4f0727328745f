/** Rows of the contract. DIVOC 3.0's management of schemas, templates and contexts. */
import { z } from 'zod'
import {
  contextAdded,
  contextChanged,
  contextRemoved,
  schemaCreated,
  schemasAnswer,
  schemaStatus,
  schemaUpdated,
  templateUpdated,
} from '@/lib/vc-certification/schema-answers'
import { endpoint, type Endpoint } from '../endpoint'

const SCHEMA = '/vc-management/v1/schema'
const CONTEXT = '/vc-management/v1/context'
const common = { door: 'v3', who: 'caller' } as const

const id = z.string().regex(/^(1-)?[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'must be the osid or the name of a schema')
const bySchema = z.object({ schemaId: id.describe('osid of the answer that it was made with, or its name') })
const byContext = z.object({
  contextId: z
    .string()
    .regex(/^[0-9a-f-]{36,38}$/i, 'must be the id of a context')
    .describe('The last part of its url'),
})
const status = schemaStatus
  .default('PUBLISHED')
  .describe(
    'PUBLISHED: in force at once, when nothing is wrong with it; DRAFT: an administrator looks at it first. What tests send, and the next version of what an administrator put into force, is a DRAFT whatever is asked for: the answer says so',
  )
const text = (longest: number) => z.string().min(1, 'is missing').max(longest)
const schemaText = text(500_000).describe(
  'A JSON schema as text, with _osConfig.credentialTemplate. Its properties become fields (text, date, date-time, enum, integer; objects within), its placeholders places that values are put into, never text that is rendered; _osConfig.uniqueIndexFields names the field that certificates are found by, privateFields what is shown as dots. The credential is signed under the vocabulary of this installation, in its own name and with its own certificate number.',
)
const OWN =
  'Only a type that schemas of this client made, and nobody else changed: all others are changed by administrators on the screens (/administration/types), and what a version hid stays hidden.'
const EXAMPLE = '{"definitions": {"TrainingCertificate": {…}}, "_osConfig": {"credentialTemplate": {…}}}'

const createSchema = endpoint({
  ...common,
  operation: 'createSchema',
  method: 'POST',
  path: SCHEMA,
  summary: 'Make a certificate type of a JSON schema',
  description:
    'As DIVOC 3.0 takes it. Nothing is kept of what is wrong: every reason is named, with its place in the schema or in the certificate type that it would be. Contexts are never fetched: send them to POST /vc-management/v1/context first and name the url of the answer; words that have a meaning here keep it, and the answer says which. The page is the standard one until PUT …/updateTemplate. Afterwards certificates are issued at /vc-certification/v1/certify/{name}. DIVOC’s /tenant, /templates and /schema/{id}/updateTemplateUrl are not here: a source system is added by administrators, and a template belongs to its type.',
  body: {
    schema: z.object({
      name: text(60)
        .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must begin with a letter: letters, digits, "_" and "-"')
        .describe('The certificate type is called so without "_" and "-", and known by this name, too'),
      schema: schemaText,
      status,
    }),
    checked: true,
    example: { name: 'TrainingCertificate', schema: EXAMPLE },
  },
  ok: { 'application/json': schemaCreated },
  refusals: ['VALIDATION_ERROR', 'NAME_TAKEN', 'NOT_FOUND'],
})

const schemas = endpoint({
  ...common,
  operation: 'schemas',
  method: 'GET',
  path: SCHEMA,
  summary: 'All certificate types in force, as JSON schemas',
  ok: { 'application/json': schemasAnswer },
  refusals: [],
})

const oneSchema = endpoint({
  ...common,
  operation: 'oneSchema',
  method: 'GET',
  path: `${SCHEMA}/{schemaId}`,
  summary: 'A certificate type in force, as JSON schema',
  params: bySchema,
  ok: { 'application/json': schemasAnswer },
  refusals: ['NOT_FOUND'],
})

const updateSchema = endpoint({
  ...common,
  operation: 'updateSchema',
  method: 'PUT',
  path: `${SCHEMA}/{schemaId}`,
  summary: 'The next version of a certificate type, from a JSON schema',
  description: `The page stays. Certificates that were issued keep the version that they were issued under. ${OWN}`,
  params: bySchema,
  body: { schema: z.object({ schema: schemaText, status }), checked: true, example: { schema: EXAMPLE } },
  ok: { 'application/json': schemaUpdated },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

const updateSchemaTemplate = endpoint({
  ...common,
  operation: 'updateSchemaTemplate',
  method: 'PUT',
  path: `${SCHEMA}/{schemaId}/updateTemplate`,
  summary: 'Another page for a certificate type: a template in Typst',
  description: `HTML with Handlebars, as DIVOC takes it, is refused: nothing of it would be run here. ${OWN}`,
  params: bySchema,
  body: {
    schema: z.object({ template: text(300_000).describe('Typst, as text'), status }),
    checked: true,
    orFile: { as: 'template' },
    example: { template: '#set page(paper: "a4")' },
  },
  ok: { 'application/json': templateUpdated },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'RENDERER_UNAVAILABLE'],
})

const previewSchema = endpoint({
  ...common,
  operation: 'previewSchema',
  method: 'POST',
  path: `${SCHEMA}/preview`,
  summary: 'How certificates of a type look',
  description:
    'A page with sample values, of the newest draft or else of the version in force. Signed with the test key and watermarked, never with the key of real certificates.',
  body: {
    schema: z.object({ schemaId: id.describe('osid or name') }),
    checked: true,
    example: { schemaId: '1-VaccinationCertificate' },
  },
  ok: { 'application/pdf': 'binary' },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'SIGNER_UNAVAILABLE', 'RENDERER_UNAVAILABLE', 'STALE_VERSION'],
})

const jsonLd = z.looseObject({ '@context': z.looseObject({}) })
const ofAContext = {
  schema: jsonLd,
  checked: false,
  alsoAs: ['application/ld+json'],
  orFile: { as: null },
  example: { '@context': { TrainingCertificate: 'https://training.example/words#TrainingCertificate' } },
} as const

const addContext = endpoint({
  ...common,
  operation: 'addContext',
  method: 'POST',
  path: CONTEXT,
  summary: 'Keep a JSON-LD context for schemas to name',
  description:
    'Only schemas of the client that sent it may name it. All certificate types share their words: @language, @base, @vocab and the like, which would change what the certificates of others say, are refused.',
  body: ofAContext,
  ok: { 'application/json': contextAdded },
  refusals: ['VALIDATION_ERROR'],
})

const context = endpoint({
  operation: 'jsonLdContext',
  method: 'GET',
  path: `${CONTEXT}/{contextId}`,
  door: 'v3',
  who: 'anyone',
  summary: 'A JSON-LD context that was kept for schemas',
  description: 'As it came. What credentials are signed with stands at /contexts.',
  params: byContext,
  ok: { 'application/ld+json': jsonLd },
  refusals: ['NOT_FOUND'],
  anyOrigin: true,
})

const changeContext = endpoint({
  ...common,
  operation: 'changeContext',
  method: 'PUT',
  path: `${CONTEXT}/{contextId}`,
  summary: 'Put another context in the place of one',
  description:
    'Only by the client that sent it. Certificate types that were made with it keep the words that they took.',
  params: byContext,
  body: ofAContext,
  ok: { 'application/json': contextChanged },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],
})

const removeContext = endpoint({
  ...common,
  operation: 'removeContext',
  method: 'DELETE',
  path: `${CONTEXT}/{contextId}`,
  summary: 'Take a context away',
  description:
    'Only by the client that sent it. Certificate types that were made with it keep the words that they took.',
  params: byContext,
  ok: { 'application/json': contextRemoved },
  refusals: ['NOT_FOUND'],
})

export const vcManagement = {
  createSchema,
  schemas,
  oneSchema,
  updateSchema,
  updateSchemaTemplate,
  previewSchema,
  addContext,
  jsonLdContext: context,
  changeContext,
  removeContext,
} satisfies Record<string, Endpoint>
