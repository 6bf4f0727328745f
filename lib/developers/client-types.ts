/** JSON Schema as TypeScript: what the typed client says about requests and answers. */
import { nameOf, type Schema } from './openapi-document'

/** An exported type for each named schema. */
export function declarations(schemas: Record<string, Schema>): string {
  return Object.entries(schemas)
    .map(([name, schema]) => {
      const comment = documented(schema.description, '')
      return schema.type === 'object' && schema.properties
        ? `${comment}export interface ${name} ${typeOf(schema)}`
        : `${comment}export type ${name} = ${typeOf(schema)}`
    })
    .join('\n\n')
}

/** A schema as the text of a type. `indent` is that of the line it begins in. */
export function typeOf(schema: Schema | undefined, indent = ''): string {
  if (!schema) return 'unknown'
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return union(schema.enum.map(literal))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return union(choices.map((choice) => typeOf(choice, indent)))
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, indent)).join(' & ')
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, indent)))
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return listOf(typeOf(schema.items, indent))
    case 'object':
      return objectType(schema, indent)
    default:
      return 'unknown'
  }
}

/** A comment above a declaration or member; nothing without a text. */
export function documented(text: string | undefined, indent: string): string {
  return text ? `${indent}/** ${text.replaceAll('*/', '*\u200b/').replaceAll(/\s+/g, ' ')} */\n` : ''
}

/** A name as a member: quoted where it has to be. */
export function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function objectType({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  const inner = `${indent}  `
  if (properties) {
    const lines = Object.entries(properties).map(([name, schema]) => {
      const optional = required.includes(name) ? '' : '?'
      return `${documented(schema.description, inner)}${inner}${member(name)}${optional}: ${typeOf(schema, inner)}`
    })
    return lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('\n')}\n${indent}}`
  }
  const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'
  return `Record<string, ${values}>`
}

function literal(value: unknown): string {
  return typeof value === 'string' && !/['\\\n]/.test(value) ? `'${value}'` : JSON.stringify(value)
}

function union(types: string[]): string {
  return [...new Set(types)].join(' | ')
}

function listOf(type: string): string {
  return / [|&] /.test(type) && !/^\{[^]*\}$/.test(type) ? `(${type})[]` : `${type}[]`
}
