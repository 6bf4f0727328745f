/** The reference of the API as the page shows it, made from the OpenAPI document: nothing in it is written by hand. */
import type { Role } from '@/lib/auth/roles'
import { fieldsOfSchema, named, type FieldRow } from './reference-fields'
import {
  operationsOf,
  parametersOf,
  refusalsIn,
  type Addressed,
  type Media,
  type OpenApiDocument,
  type ResponseObject,
  type Schema,
} from './openapi-document'

export type { FieldRow } from './reference-fields'

/** anyone: no token needed; caller: a token or a signed-in person; person: signed-in people only. */
export type Who = 'anyone' | 'caller' | 'person'

export interface ReferenceParameter {
  name: string
  place: 'path' | 'query' | 'header'
  required: boolean
  type: string
  description: string
  /** The values that are taken, where there is a list of them. */
  choices: string[]
}

export interface ReferenceForm {
  /** Media type. */
  type: string
  /** The name of the shape, where it has one. */
  shape: string | null
  fields: FieldRow[]
  /** As JSON text. */
  example: string | null
}

export interface ReferenceAnswer {
  status: string
  forms: ReferenceForm[]
  refusals: { code: string; meaning: string }[]
}

export interface ReferenceEndpoint {
  /** operationId, and the anchor. */
  id: string
  method: string
  path: string
  summary: string
  description: string
  who: Who
  /** Of the people who may call it; empty = none, or nobody is asked who they are. */
  roles: Role[]
  /** At DIVOC's address: the operation whose parameters, fields and answers are the same. */
  twin: { topic: string; id: string; method: string; path: string } | null
  parameters: ReferenceParameter[]
  body: { isArray: boolean; limits: string; fields: FieldRow[]; example: string; types: string[] } | null
  answers: ReferenceAnswer[]
}

export interface ReferenceTopic {
  id: string
  name: string
  description: string
  endpoints: ReferenceEndpoint[]
}

export interface Reference {
  topics: ReferenceTopic[]
  /** Shapes that answers are made of and that have a name. */
  shapes: { id: string; name: string; fields: FieldRow[] }[]
  headers: { name: string; description: string }[]
}

/** Reads the document. Topics without endpoints are left out. */
export function referenceOf(given: object): Reference {
  const document = given as OpenApiDocument
  const operations = operationsOf(document)
  const topics = document.tags.map(({ name, description }) => ({
    id: anchor(name),
    name,
    description,
    endpoints: operations
      .filter(({ tags }) => tags[0] === name)
      .map((operation) => endpointOf(document, operations, operation)),
  }))
  return {
    topics: topics.filter(({ endpoints }) => endpoints.length > 0),
    shapes: shapesOf(document, operations),
    headers: headersOf(document),
  }
}

/** The anchor of a shape. */
export function shapeAnchor(name: string): string {
  return `shape-${name}`
}

function endpointOf(document: OpenApiDocument, operations: Addressed[], operation: Addressed): ReferenceEndpoint {
  const twin = twinOf(operations, operation)
  return {
    id: operation.operationId,
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    description: operation.description ?? '',
    who: operation['x-who'],
    roles: operation['x-roles'] ?? [],
    twin: twin && { topic: anchor(twin.tags[0]!), id: twin.operationId, method: twin.method, path: twin.path },
    parameters: parametersOf(operation).map(({ name, in: place, required = false, description = '', schema }) => {
      return { name, place, required, type: typeName(schema), description, choices: choicesOf(schema) }
    }),
    body: bodyOf(document, operation),
    answers: Object.entries(operation.responses).map(([status, response]) => {
      const refusals = Number(status) < 400 ? [] : refusalsOf(operations, response)
      return { status, forms: refusals.length > 0 ? [] : formsOf(document, response.content ?? {}), refusals }
    }),
  }
}

/** An answer to HEAD has no body to describe: its description lists the codes, and others say what they mean. */
function refusalsOf(operations: Addressed[], response: ResponseObject): { code: string; meaning: string }[] {
  const found = refusalsIn(response)
  if (found.length > 0 || response.content) return found
  const known = operations.flatMap(({ responses }) => Object.values(responses).flatMap(refusalsIn))
  return response.description.split(', ').flatMap((code) => known.find((one) => one.code === code) ?? [])
}

function twinOf(operations: Addressed[], { path, method }: Addressed): Addressed | null {
  if (!path.startsWith('/divoc/api/')) return null
  const original = path.slice('/divoc/api'.length)
  return operations.find((one) => one.path === original && one.method === method) ?? null
}

function bodyOf(document: OpenApiDocument, { requestBody }: Addressed): ReferenceEndpoint['body'] {
  const content = Object.entries(requestBody?.content ?? {})
  const [, media] = content[0] ?? []
  if (!media?.schema) return null
  const isArray = media.schema.type === 'array'
  return {
    isArray,
    limits: isArray && media.schema.maxItems ? `At most ${media.schema.maxItems} items` : '',
    fields: fieldsOfSchema(document, isArray ? media.schema.items : media.schema, {
      inside: true,
      example: isArray && Array.isArray(media.example) ? media.example[0] : media.example,
    }),
    example: JSON.stringify(media.example, null, 2),
    types: content.map(([type]) => type),
  }
}

function formsOf(document: OpenApiDocument, content: Record<string, Media>): ReferenceForm[] {
  return Object.entries(content).map(([type, { schema, example }]) => ({
    type,
    shape: schema?.$ref ? named(schema.$ref) : null,
    fields: type.endsWith('json') ? fieldsOfSchema(document, schema, { inside: false, example }) : [],
    example: example === undefined ? null : JSON.stringify(example, null, 2),
  }))
}

/** The named shapes that answers refer to, and those that these refer to. */
function shapesOf(document: OpenApiDocument, operations: Addressed[]): Reference['shapes'] {
  const answers = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap((response) =>
      Object.values(response.content ?? {}).map((media) => media.schema ?? {}),
    ),
  )
  const found = new Set<string>()
  const open = [...references(answers)]
  while (open.length > 0) {
    const name = open.pop()!
    if (found.has(name)) continue
    found.add(name)
    open.push(...references(document.components.schemas[name]))
  }
  return [...found].sort().map((name) => ({
    id: shapeAnchor(name),
    name,
    fields: fieldsOfSchema(document, document.components.schemas[name], { inside: false }),
  }))
}

function references(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1]!,
  )
}

function headersOf(document: OpenApiDocument): Reference['headers'] {
  const names = new Map<string, string>()
  for (const { responses } of operationsOf(document)) {
    for (const { headers = {} } of Object.values(responses)) {
      for (const [name, { $ref }] of Object.entries(headers)) names.set(name, $ref)
    }
  }
  return [...names].map(([name, reference]) => ({
    name,
    description: document.components.headers[named(reference)]?.description ?? '',
  }))
}

function choicesOf(schema: Schema): string[] {
  return (schema.enum ?? []).map(String)
}

function typeName(schema: Schema): string {
  return schema.enum ? 'one of a list' : String(Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? 'text'))
}

function anchor(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
