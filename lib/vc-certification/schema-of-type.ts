/** A certificate type as a JSON schema, for clients that ask for schemas. Pure. */
import type { TypeVersion } from '@/lib/certificate-types/document'
import type { CertificateType, Field } from '@/lib/certificate-types/type'
import { SCHEMA_FILE } from './schema-type'

type Json = Record<string, unknown>

/** The schema as it came, as text; of a type that was made otherwise one that says what it takes. */
export function schemaTextOf({ type, files }: Pick<TypeVersion, 'type' | 'files'>): string {
  return files.get(SCHEMA_FILE)?.toString('utf8') ?? JSON.stringify(schemaOf(type))
}

function schemaOf(type: CertificateType): Json {
  const { name, title, flat = [], sections } = type
  const root: Json = { type: 'object', title, properties: {}, required: [] }
  for (const section of sections) {
    const isFlat = flat.includes(section.id)
    for (const field of section.fields) {
      const names = field.path.split('.').slice(isFlat ? 1 : 0)
      place(root, names, field, isFlat || section.required)
    }
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema',
    type: 'object',
    properties: { [name]: { $ref: `#/definitions/${name}` } },
    required: [name],
    title: name,
    definitions: { [name]: root },
  }
}

/** Puts a field at its place, with the objects on the way. */
function place(root: Json, names: string[], field: Field, isRequired: boolean): void {
  const [name = '', ...rest] = names
  const properties = root.properties as Json
  const needed = isRequired && field.required && field.group === undefined
  if (needed && !(root.required as string[]).includes(name)) (root.required as string[]).push(name)
  if (rest.length === 0) {
    properties[name] = propertyOf(field)
    return
  }
  properties[name] ??= { type: 'object', properties: {}, required: [] }
  place(properties[name] as Json, rest, field, isRequired)
}

function propertyOf({ kind, label, allowed, minLength, maxLength }: Field): Json {
  const title = { title: label }
  if (kind === 'date') return { type: 'string', format: 'date', ...title }
  if (kind === 'instant') return { type: 'string', format: 'date-time', ...title }
  if (kind === 'wholeNumber') return { type: 'integer', ...title }
  if (kind === 'contacts') return { type: 'array', items: { type: 'string' }, ...title }
  if (allowed) return { type: 'string', enum: allowed, ...title }
  return { type: 'string', ...title, minLength, ...(maxLength === undefined ? {} : { maxLength }) }
}
