/** The properties of a JSON schema as fields of a certificate type. Pure. */
import type { Wrong } from './schema-wrong'

/** A field as type.json writes it. */
export interface SchemaField {
  path: string
  kind: 'text' | 'identifier' | 'date' | 'instant' | 'choice' | 'wholeNumber'
  label: string
  [more: string]: unknown
}

export interface SchemaFields {
  fields: SchemaField[]
  /** What is taken otherwise than the schema says. */
  notes: string[]
}

type Json = Record<string, unknown>

/** DIVOC asks for them with every payload; here the credential has them by itself. */
export const OF_THE_CREDENTIAL = ['issuer', 'issuanceDate', 'certificateId']
/** Fields where a schema has them, whatever type it says. */
const OF_ITS_TIME = ['validFrom', 'validTill']
const NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/
const LONGEST_TEXT = 300
const DEEPEST = 4

/**
 * Reads properties. `key` names the field that certificates are found by, `hidden` those that are shown as dots. What cannot
 * be a field goes to `wrong`, with its place.
 */
export function fieldsOfSchema(
  definition: Json,
  definitions: Json,
  {
    section,
    key,
    hidden,
    here,
    wrong,
  }: { section: string; key?: string; hidden: string[]; here: string; wrong: Wrong },
): SchemaFields {
  const notes: string[] = []
  const fields: SchemaField[] = []
  const read = (object: Json, prefix: string, place: string, group: string | undefined, depth: number): void => {
    const required = Array.isArray(object.required) ? object.required : []
    for (const [name, given] of Object.entries(isObject(object.properties) ? object.properties : {})) {
      const at = `${place}/properties/${name}`
      const property = resolved(given, definitions)
      if (depth === 0 && OF_THE_CREDENTIAL.includes(name)) continue
      if (!NAME.test(name) || name in Object.prototype) {
        wrong(at, 'The name of a field is letters and digits and begins with a letter.')
      } else if (!property) wrong(at, 'This is no schema of a value.')
      else if (property.type === 'object' || isObject(property.properties)) {
        if (depth === DEEPEST) wrong(at, 'Objects are nested too deeply.')
        else {
          const inner = `${prefix}.${name}`
          read(property, inner, at, required.includes(name) ? group : inner, depth + 1)
        }
      } else {
        const isKey = depth === 0 && name === key
        const isRequired = isKey || required.includes(name)
        const field = fieldOf(name, property, depth === 0 && OF_ITS_TIME.includes(name), isKey, at, notes, wrong)
        if (!field) continue
        fields.push({
          path: `${prefix}.${name}`,
          ...field,
          ...(isRequired ? { required: true } : {}),
          ...(group === undefined ? {} : { group }),
          ...(depth === 0 && hidden.includes(name) && field.kind === 'text' ? { masked: true } : {}),
          printed: true,
        })
      }
    }
  }
  read(definition, section, here, undefined, 0)
  return { fields, notes }
}

/** Hides again what was hidden before. Returns the names of the fields that the schema would have shown. */
export function keepHidden(fields: SchemaField[], before: ReadonlySet<string>): string[] {
  const shown = fields.filter(({ path, masked }) => !masked && before.has(path))
  for (const field of shown) field.masked = true
  return shown.map(({ path }) => path.slice(path.indexOf('.') + 1))
}

function fieldOf(
  name: string,
  property: Json,
  isOfItsTime: boolean,
  isKey: boolean,
  at: string,
  notes: string[],
  wrong: Wrong,
): (Pick<SchemaField, 'kind' | 'label'> & Json) | null {
  const { type, format, title, description } = property
  const label = textOf(title) ?? wordsOf(name)
  const said = { label, ...(textOf(description) ? { hint: textOf(description) } : {}) }
  if (isKey) return { kind: 'identifier', ...said, ltr: true }
  if (isOfItsTime) return { kind: 'instant', ...said, future: true }
  if (Array.isArray(property.enum)) {
    const allowed = property.enum
    if (allowed.length > 0 && allowed.every((one) => textOf(one) !== undefined))
      return { kind: 'choice', ...said, allowed }
    wrong(`${at}/enum`, 'Values to choose from are texts of at most 200 characters.')
    return null
  }
  if (type === 'integer' || type === 'number') {
    if (type === 'number') notes.push(`${name}: whole numbers alone are taken. Send others as text.`)
    return { kind: 'wholeNumber', ...said, ...numbers(property) }
  }
  if (type !== 'string') {
    wrong(`${at}/type`, `A field is text, a date, a choice or a whole number; ${String(type)} is none of them.`)
    return null
  }
  if (format === 'date') return { kind: 'date', ...said }
  if (format === 'date-time') return { kind: 'instant', ...said, future: true }
  return { kind: 'text', ...said, ...textRules(name, property, notes) }
}

function numbers({ minimum, maximum }: Json): Json {
  return {
    ...(Number.isInteger(minimum) ? { minimum } : {}),
    ...(Number.isInteger(maximum) ? { maximum } : {}),
  }
}

function textRules(name: string, { minLength, maxLength, pattern, format }: Json, notes: string[]): Json {
  const rules: Json = {}
  if (typeof minLength === 'number' && minLength > 1) rules.minLength = Math.min(LONGEST_TEXT, minLength)
  if (typeof maxLength === 'number') rules.maxLength = Math.max(1, Math.min(LONGEST_TEXT, maxLength))
  if (typeof maxLength !== 'number' || maxLength > LONGEST_TEXT)
    notes.push(`${name}: at most ${LONGEST_TEXT} characters are taken.`)
  if (format === 'email') rules.format = 'email'
  else if (typeof format === 'string') notes.push(`${name}: the format ${format.slice(0, 40)} is not checked.`)
  if (typeof pattern !== 'string') return rules
  // Without ^ and $ a pattern of JSON Schema may fit anywhere in the text; here it fits the whole of it.
  if (/^\^.*\$$/.test(pattern)) rules.pattern = pattern.slice(1, -1)
  else notes.push(`${name}: its pattern is not checked, because it has no ^ and $.`)
  return rules
}

function resolved(given: unknown, definitions: Json): Json | null {
  if (!isObject(given)) return null
  const { $ref } = given
  if (typeof $ref !== 'string') return given
  const name = /^#\/definitions\/([^/]+)$/.exec($ref)?.[1] ?? ''
  const target = Object.hasOwn(definitions, name) ? definitions[name] : null
  return isObject(target) && target.$ref === undefined ? { ...target, ...given } : null
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 200 ? value.trim() : undefined
}

/** "courseName" -> "Course name" */
function wordsOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
