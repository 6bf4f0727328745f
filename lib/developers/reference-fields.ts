/** A schema as rows of a table: one for each member, those of inner objects below it. */
import { nameOf, type OpenApiDocument, type Schema } from './openapi-document'

export interface FieldRow {
  /** The name with those of the objects around it, for example recipient.address.state. */
  path: string
  name: string
  /** How many objects it lies in. */
  depth: number
  /** In words: "text", "list of text", "whole number, 1 to 1000". */
  type: string
  /** The named shape that the type speaks of. */
  shape: string | null
  required: boolean
  description: string
  /** As JSON; "" without one. */
  example: string
}

interface Reading {
  /** Whether the members of named shapes are shown here too; otherwise the row names the shape. */
  inside: boolean
  example?: unknown
}

/** The rows of an object; none for anything else. */
export function fieldsOfSchema(document: OpenApiDocument, schema: Schema | undefined, reading: Reading): FieldRow[] {
  return rows(document, resolved(document, schema), reading, [])
}

/** The last part of a reference. */
export const named = nameOf

function rows(document: OpenApiDocument, schema: Schema, reading: Reading, above: string[]): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = [...above, name]
    const example = memberOf(reading.example, name)
    const inner = innerObject(document, member, reading.inside)
    const row: FieldRow = {
      path: path.join('.'),
      name,
      depth: above.length,
      type: typeInWords(member),
      shape: shapeOf(member),
      required: schema.required?.includes(name) ?? false,
      description: member.description ?? '',
      example: example === undefined || example === '' || typeof example === 'object' ? '' : JSON.stringify(example),
    }
    const below = inner ? rows(document, inner, { ...reading, example: firstOf(example) }, path) : []
    return [row, ...below]
  })
}

/** The object whose members belong below a row: that of the member itself or of the items of a list. */
function innerObject(document: OpenApiDocument, member: Schema, inside: boolean): Schema | null {
  const open = withoutNull(member)
  const target = open.type === 'array' ? withoutNull(open.items ?? {}) : open
  if (target.$ref && !inside) return null
  const found = resolved(document, target)
  return found.properties ? found : null
}

function resolved(document: OpenApiDocument, schema: Schema | undefined): Schema {
  return schema?.$ref ? (document.components.schemas[nameOf(schema.$ref)] ?? {}) : (schema ?? {})
}

function shapeOf(schema: Schema): string | null {
  const open = withoutNull(schema)
  const target = open.type === 'array' ? withoutNull(open.items ?? {}) : open
  return target.$ref ? nameOf(target.$ref) : null
}

/** The type of a member as a person says it. */
function typeInWords(schema: Schema): string {
  const open = withoutNull(schema)
  const orNull = open === schema ? '' : ' or null'
  if (open.type === 'array') return `list of ${typeInWords(open.items ?? {})}${orNull}`
  if (open.$ref) return `${nameOf(open.$ref)}${orNull}`
  if (open.const !== undefined) return `${JSON.stringify(open.const)}${orNull}`
  if (open.enum) return `${open.enum.map((value) => JSON.stringify(value)).join(', ')}${orNull}`
  const choices = open.anyOf ?? open.oneOf
  if (choices) return `${[...new Set(choices.map(typeInWords))].join(' or ')}${orNull}`
  if (Array.isArray(open.type)) return open.type.map((type) => simpleType({ ...open, type })).join(' or ')
  return `${simpleType(open)}${limitsOf(open)}${orNull}`
}

function simpleType({ type, format }: Schema): string {
  switch (type) {
    case 'string':
      return format === 'date' ? 'day' : format === 'date-time' ? 'instant' : 'text'
    case 'integer':
      return 'whole number'
    case 'number':
      return 'number'
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'object':
      return 'object'
    default:
      return 'anything'
  }
}

function limitsOf({ minimum, maximum, minLength, maxLength }: Schema): string {
  const safe = (limit: number | undefined) => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER
  if (safe(minimum) && safe(maximum)) return `, ${minimum} to ${maximum}`
  if (safe(minimum) && minimum !== 0) return `, ${minimum} or more`
  if (maxLength !== undefined && (minLength ?? 0) <= 1) return `, up to ${maxLength} characters`
  if (maxLength !== undefined) return `, ${minLength} to ${maxLength} characters`
  return ''
}

/** What is left of "this or null"; the schema itself when null is none of its choices. */
function withoutNull(schema: Schema): Schema {
  const choices = schema.anyOf ?? schema.oneOf
  if (!choices?.some(({ type }) => type === 'null')) return schema
  const left = choices.filter(({ type }) => type !== 'null')
  return left.length === 1 ? left[0]! : { ...schema, anyOf: left }
}

function memberOf(example: unknown, name: string): unknown {
  return typeof example === 'object' && example !== null ? (example as Record<string, unknown>)[name] : undefined
}

function firstOf(example: unknown): unknown {
  return Array.isArray(example) ? example[0] : example
}
