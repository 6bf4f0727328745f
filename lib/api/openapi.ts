/** The description of the API in OpenAPI 3.1, made from the contract. */
import { z } from 'zod'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import type { CertificateType } from '@/lib/certificate-types/type'
import * as answers from '@/lib/certificates/answers'
import { requestSchema } from '@/lib/certificates/schema'
import * as developers from '@/lib/developers/answers'
import { STATUS_OF, type RefusalCode } from '@/lib/errors'
import { problemDetails } from '@/lib/vc-api/answers'
import {
  certificationRequest,
  certificationRequestV1,
  contract,
  healthAnswer,
  previewRequest,
  readyAnswer,
  registryRowAnswer,
  revokedAnswer,
} from './contract'
import type { Content, Endpoint } from './endpoint'
import { ANSWER_EXAMPLES } from './answer-examples'
import { describeFields } from './field-descriptions'
import { testRequest } from './rows/other-types'
import { needsProof } from './proofs'
import { MEANING_OF } from './refusal-meanings'
import { rolesOf } from './roles'
import { TOPICS, topicOf } from './topics'

type Json = Record<string, unknown>

const refusal = z.object({
  code: z.string(),
  message: z.string().describe('A sentence a person can act on'),
  details: z.array(developers.refusalDetail).optional().describe('Every reason'),
  reference: z
    .string()
    .optional()
    .describe('The id of the request, as in X-Request-Id: quote it when you ask somebody'),
  verified: z.literal(false).optional().describe('NOT_VERIFIED only'),
  errors: z.array(problemDetails).optional().describe('NOT_VERIFIED only'),
  warnings: z.array(problemDetails).optional().describe('NOT_VERIFIED only'),
})

/** Schemas that get a name of their own; all others are written where they are used. */
const ANSWERS = {
  AcceptAnswer: answers.acceptAnswer,
  ItemResult: answers.itemResult,
  Change: answers.change,
  Warning: answers.warning,
  Transaction: answers.transactionView,
  Version: answers.version,
  Lineage: answers.lineageView,
  Lineages: answers.lineagesAnswer,
  Certificate: answers.certificateView,
  Preview: answers.previewAnswer,
  SandboxReset: answers.sandboxReset,
  RegistryRow: registryRowAnswer,
  Revoked: revokedAnswer,
  Ready: readyAnswer,
  Health: healthAnswer,
  RefusalDetail: developers.refusalDetail,
  Call: developers.call,
  CallingClient: developers.callingClient,
  Calls: developers.callsAnswer,
  Refusal: refusal,
}
const REQUESTS = {
  CertificationRequest: certificationRequest,
  CertificationRequestV1: certificationRequestV1,
  PreviewRequest: previewRequest,
  TestCertificateRequest: testRequest,
}

/** Here only the shape counts; `now` and the zone matter to no shape. */
const ANY_CLOCK = { now: () => new Date(), timeZone: 'UTC' }

/** Headers of answers, by the name under which they are described once. */
const HEADERS: Record<string, { name: string; description: string; type: 'string' | 'integer' }> = {
  RequestId: {
    name: 'X-Request-Id',
    description: 'The id of this request: your own where you sent a good one, else a new one.',
    type: 'string',
  },
  RateLimit: {
    name: 'RateLimit',
    description: 'Requests left (r) and seconds until the count begins anew (t), for example "client";r=5999;t=42.',
    type: 'string',
  },
  RateLimitPolicy: {
    name: 'RateLimit-Policy',
    description: 'The limit (q requests in w seconds) and what it counts, for example "client";q=6000;w=60.',
    type: 'string',
  },
  RateLimitLimit: { name: 'RateLimit-Limit', description: 'Requests in a minute.', type: 'integer' },
  RateLimitRemaining: { name: 'RateLimit-Remaining', description: 'Requests left in this minute.', type: 'integer' },
  RateLimitReset: { name: 'RateLimit-Reset', description: 'Seconds until the next minute begins.', type: 'integer' },
  RetryAfter: { name: 'Retry-After', description: 'Seconds after which asking again makes sense.', type: 'integer' },
  PreferenceApplied: {
    name: 'Preference-Applied',
    description: '"wait" when Prefer: wait was heeded.',
    type: 'string',
  },
  ETag: { name: 'ETag', description: 'Send it as If-None-Match to hear 304 when nothing changed.', type: 'string' },
}

/** One for each version of the type that was in force while this process ran. */
const documents = new WeakMap<CertificateType, { others: readonly CertificateType[]; made: Json }>()

/**
 * The document, made once for the types in force: the one that requests are read with where the address names none (as
 * shipped, without one), and the others.
 */
export function openApi(type: CertificateType = VACCINATION, others: readonly CertificateType[] = []): Json {
  const known = documents.get(type)
  if (known?.others.length === others.length && known.others.every((one, at) => one === others[at])) return known.made
  const made = documentFor(type, others)
  documents.set(type, { others, made })
  return made
}

function documentFor(type: CertificateType, others: readonly CertificateType[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Errata',
      version: '3',
      description:
        'Issues and corrects health certificates. Below /divoc/api the same operations answer as DIVOC does. Optional values that are null or "" count as absent; unknown keys are ignored with a warning.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: TOPICS.map(({ name, description }) => ({ name, description })),
    paths: paths(),
    components: {
      schemas: { ...schemasOf(ANSWERS, 'output'), ...requestSchemas(type, others) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Access token of a source system' },
        session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token', description: 'A signed-in operator' },
      },
      parameters: {
        RequestId: {
          name: 'X-Request-Id',
          in: 'header',
          required: false,
          description: 'An id of your own for this request: 8 to 64 letters, digits, ".", "_" and "-"',
          schema: { type: 'string' },
        },
      },
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([key, { description, type }]) => [key, { description, schema: { type } }]),
      ),
    },
  }
}

function paths(): Json {
  const found: Record<string, Json> = {}
  for (const row of Object.values(contract) as Endpoint[]) {
    const { operation, summary, description } = row
    const item = (found[row.path] ??= {})
    item[row.method.toLowerCase()] = {
      operationId: operation,
      summary,
      ...(description ? { description } : {}),
      tags: [topicOf(row)],
      'x-who': row.who,
      ...(row.who === 'anyone' ? {} : { 'x-roles': rolesOf(row) ?? [] }),
      security: { anyone: [], caller: [{ token: [] }, { session: [] }], person: [{ session: [] }] }[row.who],
      parameters: [
        ...parameters(row.params, 'path'),
        ...parameters(row.query, 'query'),
        ...parameters(row.headers, 'header'),
        { $ref: '#/components/parameters/RequestId' },
      ],
      ...(row.body ? { requestBody: requestBody(row.body) } : {}),
      ...(row.upload ? { requestBody: fileBody(row.upload) } : {}),
      responses: responses(row),
    }
  }
  return found
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query' | 'header'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, given]) => {
    const { description, ...rest } = given as Json
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description ? { description } : {}),
      schema: rest,
    }
  })
}

function requestBody({ schema, example, alsoAs = [], orFile }: NonNullable<Endpoint['body']>): Json {
  const media = { schema: reference(schema, 'input'), example }
  const files = { type: 'string', contentMediaType: orFile?.as === null ? 'application/ld+json' : 'text/plain' }
  const form = { schema: { type: 'object', properties: { files }, required: ['files'] }, example: { files: '…' } }
  return {
    required: true,
    content: {
      ...Object.fromEntries(['application/json', ...alsoAs].map((type) => [type, media])),
      ...(orFile ? { 'multipart/form-data': form } : {}),
    },
  }
}

/** A form with a file (OpenAPI 3.1, "Considerations for File Uploads"). */
function fileBody({ fields, example }: NonNullable<Endpoint['upload']>): Json {
  const { properties = {}, required = [] } = z.toJSONSchema(fields, { io: 'input' })
  const schema = {
    type: 'object',
    properties: { file: { type: 'string', contentMediaType: 'text/csv' }, ...properties },
    required: ['file', ...required],
  }
  return { required: true, content: { 'multipart/form-data': { schema, example: { file: 'file.csv', ...example } } } }
}

function responses(row: Endpoint): Json {
  const found: Record<string, Json> = {}
  for (const status of [200, ...(row.alsoAnswers ?? [])]) {
    found[status] = {
      description: status < 300 ? 'Done' : 'Not ready',
      content: content(row, ANSWER_EXAMPLES[row.operation]),
    }
  }
  if (row.revalidates) found[304] = { description: 'What If-None-Match names is still right' }
  const refused = refusalsOf(row)
  for (const status of new Set(refused.map((code) => STATUS_OF[code]))) {
    const codes = refused.filter((code) => STATUS_OF[code] === status)
    found[status] = row.method === 'HEAD' ? { description: codes.join(', ') } : refusalAnswer(codes)
  }
  found[500] ??= row.method === 'HEAD' ? { description: 'INTERNAL_ERROR' } : refusalAnswer(['INTERNAL_ERROR'])
  return Object.fromEntries(
    Object.entries(found).map(([status, answer]) => [status, { ...answer, headers: headersOf(row, Number(status)) }]),
  )
}

/** The headers that an answer of this status may carry. */
function headersOf(row: Endpoint, status: number): Json {
  const keys = ['RequestId']
  if (row.rate !== 'free' && status !== 401) {
    keys.push('RateLimit', 'RateLimitPolicy', 'RateLimitLimit', 'RateLimitRemaining', 'RateLimitReset')
  }
  if (status === 429 || status === 503) keys.push('RetryAfter')
  if (status === 200 && row.headers && 'prefer' in row.headers.shape) keys.push('PreferenceApplied')
  if (row.revalidates && (status === 200 || status === 304)) keys.push('ETag')
  return Object.fromEntries(keys.map((key) => [HEADERS[key]!.name, { $ref: `#/components/headers/${key}` }]))
}

/** Whether a request names a record that is looked up (looked-up.ts counts these). */
function namesRecord({ params, query, body, recordIn }: Endpoint): boolean {
  if (recordIn) return true
  const named = [params, query, body?.schema].flatMap((schema) =>
    schema && 'shape' in schema ? Object.keys(schema.shape as object) : [],
  )
  return named.some((name) => ['certificateId', 'preEnrollmentCode', 'dryRun'].includes(name))
}

/** The codes of a row together with those that follow from what it takes. */
export function refusalsOf(row: Endpoint): RefusalCode[] {
  const codes = new Set<RefusalCode>(row.refusals)
  if (row.who !== 'anyone') codes.add('UNAUTHENTICATED').add('REGISTRY_UNAVAILABLE')
  if (row.who !== 'anyone' && !row.beforeOwnPassword) codes.add('PASSWORD_CHANGE_REQUIRED')
  if (row.who !== 'anyone' && !row.beforeOwnPassword && !row.beforeSecondFactor) codes.add('SECOND_FACTOR_REQUIRED')
  if (row.who === 'caller') codes.add('SCOPE_MISSING')
  if (needsProof(row)) codes.add('PROOF_REQUIRED')
  if (row.who !== 'anyone') codes.add('NOT_ALLOWED')
  if (row.rate !== 'free') codes.add('TOO_MANY_REQUESTS').add('REGISTRY_UNAVAILABLE')
  if (row.who !== 'anyone' && namesRecord(row)) codes.add('TOO_MANY_LOOK_UPS')
  if (row.params || row.headers) codes.add('MALFORMED_REQUEST')
  if (row.query) codes.add('VALIDATION_ERROR')
  if (row.upload) {
    for (const code of ['VALIDATION_ERROR', 'MALFORMED_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)
      codes.add(code)
  }
  if (row.body) {
    for (const code of ['MALFORMED_JSON', 'MALFORMED_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)
      codes.add(code)
    codes.add('REGISTRY_UNAVAILABLE')
  }
  return [...codes]
}

function refusalAnswer(codes: readonly string[]): Json {
  const sorted = [...codes].sort()
  const code = { oneOf: sorted.map((one) => ({ const: one, description: MEANING_OF[one as RefusalCode] })) }
  const schema = { allOf: [{ $ref: '#/components/schemas/Refusal' }, { type: 'object', properties: { code } }] }
  return { description: sorted.join(', '), content: { 'application/json': { schema } } }
}

function content({ ok, method }: Endpoint, example: unknown): Json {
  if (method === 'HEAD') return {}
  return Object.fromEntries(
    Object.entries(ok).map(([type, schema]) => [
      type,
      mediaOf(schema, type === 'application/json' ? example : undefined),
    ]),
  )
}

function mediaOf(schema: Content[string], example: unknown): Json {
  if (schema === 'binary') return {}
  const described = schema === 'text' ? { type: 'string' } : reference(schema, 'output')
  return { schema: described, ...(example === undefined ? {} : { example }) }
}

/** A reference where the schema has a name, else the schema itself. */
function reference(schema: z.ZodType, io: 'input' | 'output'): Json {
  const named = Object.entries({ ...ANSWERS, ...REQUESTS }).find(([, candidate]) => candidate === schema)
  if (named) return { $ref: `#/components/schemas/${named[0]}` }
  if (schema instanceof z.ZodArray) {
    const { items: _items, $schema: _dialect, ...limits } = z.toJSONSchema(schema, { io })
    return { ...limits, items: reference(schema.element as z.ZodType, io) }
  }
  return plain(z.toJSONSchema(schema, { io }))
}

/** With what the certificate type says about its fields. */
function requestSchemas(type: CertificateType, others: readonly CertificateType[]): Json {
  const items: Record<string, [z.ZodType, CertificateType]> = {
    CertificationRequest: [requestSchema(type, ANY_CLOCK), type],
    ...(type.forms.certifyV2 ? { CertificationRequestV1: [requestSchema(type, ANY_CLOCK, 'certifyV2'), type] } : {}),
    ...Object.fromEntries(others.map((one) => [`${one.name}Request`, [requestSchema(one, ANY_CLOCK), one]])),
  }
  const made = Object.fromEntries(Object.entries(items).map(([name, [schema]]) => [name, schema]))
  const schemas = schemasOf({ ...REQUESTS, ...made }, 'input')
  for (const [name, [, described]] of Object.entries(items)) describeFields(schemas[name] as Json, described)
  return schemas
}

function schemasOf(named: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]))
}

/** Without what zod adds for documents of their own, and open to members that later versions add. */
function plain(schema: unknown): Json {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === '$schema' || key === '$id' || (key === 'additionalProperties' && value === false) ? undefined : value,
    ),
  )
}
