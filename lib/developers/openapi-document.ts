/** The parts of an OpenAPI 3.1 document that our documentation and the typed client are made from. */
import type { Role } from '@/lib/auth/roles'

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: Schema
}

export interface Media {
  schema?: Schema
  example?: unknown
}

export interface ResponseObject {
  description: string
  content?: Record<string, Media>
  headers?: Record<string, { $ref: string }>
}

export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  /** Who may call, and people of which roles: what `security` cannot tell apart. */
  'x-who': 'anyone' | 'caller' | 'person'
  'x-roles'?: Role[]
  security: Record<string, string[]>[]
  parameters: (Parameter | { $ref: string })[]
  requestBody?: { required: boolean; content: Record<string, Media> }
  responses: Record<string, ResponseObject>
}

export interface OpenApiDocument {
  info: { title: string; version: string; description?: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    headers: Record<string, { description: string; schema: Schema }>
    parameters: Record<string, Parameter>
  }
}

/** An operation with its address. */
export interface Addressed extends Operation {
  method: string
  path: string
}

/** All operations in the order of the document. */
export function operationsOf(document: OpenApiDocument): Addressed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
}

/** The operation's own parameters; those that all operations share are left out. */
export function parametersOf(operation: Operation): Parameter[] {
  return operation.parameters.filter((parameter): parameter is Parameter => !('$ref' in parameter))
}

/** Whether a token opens the operation, or nothing is needed at all. */
export function takesToken(operation: Operation): boolean {
  return operation.security.length === 0 || operation.security.some((way) => 'token' in way)
}

/** The last part of a reference: "#/components/schemas/Lineage" -> "Lineage". */
export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** The refusal codes of an answer with what they mean; empty for a success. */
export function refusalsIn(response: ResponseObject): { code: string; meaning: string }[] {
  const schema = response.content?.['application/json']?.schema
  const codes = schema?.allOf?.flatMap((part) => part.properties?.code?.oneOf ?? []) ?? []
  return codes.map((one) => ({ code: String(one.const), meaning: one.description ?? '' }))
}
