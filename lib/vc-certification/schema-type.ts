/** A JSON schema as DIVOC 3.0's clients send it, made into a certificate type: fields, mapping, words. Pure. */
import { jsonText } from '@/lib/certificate-types/json-text'
import { compileJson } from '@/lib/imports/configuration/json-template'
import { TemplateError } from '@/lib/imports/configuration/mustache'
import { fieldsOfSchema, isObject, keepHidden, OF_THE_CREDENTIAL, type SchemaField } from './schema-fields'
import { WrongSchema } from './schema-wrong'
import { wordsWith } from './schema-words'

type Json = Record<string, unknown>

export interface SchemaRequest {
  /** As DIVOC's clients call it: TrainingCertificate_1. */
  name: string
  /** The JSON schema as text. */
  schema: string
}

export interface SchemaType {
  /** The type's own name. */
  name: string
  /** type.json */
  document: string
  /** Files beside it, as text. */
  files: Record<string, string>
  notes: string[]
}

/** The JSON schema as it came, among the files of its type. */
export const SCHEMA_FILE = 'schema.json'
const CONTEXT_FILE = 'context.json'
const CREDENTIALS = 'https://www.w3.org/2018/credentials/v1'

/** The name of the type that a schema of this name becomes. */
export function typeNameOf(name: string): string {
  const letters = name.replaceAll(/[^A-Za-z0-9]/g, '')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}

/** The addresses that its credential names besides W3C's own. Refusal VALIDATION_ERROR for what is no schema. */
export function contextsOf(request: SchemaRequest): string[] {
  const { template } = partsOf(request)
  const named = template['@context']
  return (Array.isArray(named) ? named : [named]).filter(
    (one): one is string => typeof one === 'string' && one !== CREDENTIALS,
  )
}

/**
 * The type. `contexts` are the documents that it names, `known` the words that credentials were signed with so far: those
 * keep their meaning; the fields at `hidden` stay hidden. Refusal VALIDATION_ERROR with every reason and its place in the schema.
 */
export function typeFromSchema(
  request: SchemaRequest,
  contexts: readonly Json[],
  known: Json,
  hidden: ReadonlySet<string>,
): SchemaType {
  const { schema, definition, definitions, config, template, here } = partsOf(request)
  const name = typeNameOf(request.name)
  const section = name.charAt(0).toLowerCase() + name.slice(1)
  const wrong = new WrongSchema()
  const [key] = Array.isArray(config.uniqueIndexFields) ? config.uniqueIndexFields : []
  const { fields, notes } = fieldsOfSchema(definition, definitions, {
    section,
    ...(typeof key === 'string' ? { key } : {}),
    hidden: namesIn(config.privateFields),
    here,
    wrong: wrong.add,
  })
  const byName = new Map(fields.map((field) => [field.path.slice(section.length + 1), field]))
  if (typeof key === 'string' && !byName.has(key))
    wrong.add('/_osConfig/uniqueIndexFields/0', `There is no property ${key}.`)
  if (key === undefined)
    notes.push(
      'No field of it is unique (_osConfig.uniqueIndexFields): payloads name a preEnrollmentCode, by which certificates are found.',
    )
  wrong.throwIfAny()
  const credential = credentialOf(request.name, template, byName, wrong)
  wrong.throwIfAny()
  const person = personIn(credential, fields, wrong)
  wrong.throwIfAny()
  for (const shown of keepHidden(fields, hidden))
    notes.push(`${shown}: it stays hidden, as it was before. Administrators can show it.`)
  const { words, notes: ofWords } = wordsWith(contexts, known)
  const document = {
    name,
    ...(name === request.name ? {} : { aliases: [request.name] }),
    version: 1,
    title: titleOf(schema, definition, name),
    page: { template: 'certificate.typ' },
    lineage: typeof key === 'string' ? { key: `${section}.${key}` } : {},
    person,
    flat: [section],
    sections: [{ id: section, title: titleOf(schema, definition, name), required: true, fields }],
    verify: verifyOf(credential, fields),
    forms: { certifyV3: { context: CONTEXT_FILE, alsoRequired: [], credential } },
    codeLists: {},
  }
  return {
    name,
    document: `${jsonText(document)}\n`,
    files: { [CONTEXT_FILE]: `${JSON.stringify(words, null, 2)}\n`, [SCHEMA_FILE]: request.schema },
    notes: [...notes, ...ofWords],
  }
}

function partsOf({ name, schema: text }: SchemaRequest) {
  const wrong = new WrongSchema()
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch {
    schema = null
  }
  const found = isObject(schema) ? schema : {}
  const definitions = isObject(found.definitions) ? found.definitions : {}
  const own = Object.hasOwn(definitions, name) ? definitions[name] : null
  const definition = isObject(own) ? own : found
  const config = isObject(found._osConfig) ? found._osConfig : {}
  const given = config.credentialTemplate
  const here = isObject(own) ? `/definitions/${name}` : ''
  if (!isObject(schema)) wrong.add('', 'schema is no JSON object, written as text.')
  else if (!/^[A-Za-z]/.test(name)) wrong.add('', 'The name of a schema begins with a letter.')
  else if (!isObject(definition.properties)) wrong.add(here, `There are no properties, here or in definitions.${name}.`)
  else if (!isObject(given))
    wrong.add('/_osConfig/credentialTemplate', 'It is missing: a schema without it describes no certificate.')
  wrong.throwIfAny()
  return { schema: found, definition, definitions, config, template: given as Json, here }
}

/** The mapping: placeholders become leaves that take values, so that no value can ever be anything but a value. */
function credentialOf(name: string, template: Json, byName: Map<string, SchemaField>, wrong: WrongSchema): Json {
  const place = '/_osConfig/credentialTemplate'
  let credential: Json
  try {
    const compiled = compileJson(JSON.stringify(template), ({ name: asked }, at) => {
      const leaf = leafOf(asked, byName)
      if (!leaf) wrong.add(`${place}${at}`, `No property is called ${asked}.`)
      return leaf ?? ''
    })
    for (const condition of compiled.conditions)
      wrong.add(place, `{{#${condition}}}: a part that stands there on a condition is not taken over.`)
    credential = compiled.tree
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    wrong.add(place, error.message)
    return {}
  }
  const [evidence] = [credential.evidence].flat()
  const types = isObject(evidence) ? [evidence.type].flat() : []
  if (!types.includes(name))
    wrong.add(`${place}/evidence`, `evidence type doesn't match with schema: it is not ${name}.`)
  return {
    ...credential,
    '@context': [CREDENTIALS, { setting: 'namespace' }],
    issuer: { setting: 'issuer' },
    issuanceDate: { derive: 'issuedAt' },
    evidence: [{ ...(isObject(evidence) ? evidence : {}), certificateId: { derive: 'certificateId' } }],
  }
}

function leafOf(name: string, byName: Map<string, SchemaField>): Json | null {
  if (OF_THE_CREDENTIAL.includes(name)) {
    return { issuer: { setting: 'issuer' }, issuanceDate: { derive: 'issuedAt' } }[name] ?? { derive: 'certificateId' }
  }
  const field = byName.get(name)
  if (!field) return null
  if (field.kind !== 'instant') return { from: field.path }
  return field.required ? { derive: 'timestamp', from: field.path } : { derive: 'whenGiven', from: field.path }
}

/** Whom it is about: what stands as the subject's name and date of birth. */
function personIn({ credentialSubject }: Json, fields: SchemaField[], wrong: WrongSchema): Json {
  const [subject] = [credentialSubject].flat()
  const pathAt = (...names: string[]) => {
    const leaf = names.map((one) => (isObject(subject) ? subject[one] : undefined)).find(isObject)
    return fields.find(({ path }) => path === leaf?.from)
  }
  const name = pathAt('name', 'fullName')
  if (name?.kind !== 'text') {
    wrong.add(
      '/_osConfig/credentialTemplate/credentialSubject/name',
      'This has to be a property of the type string: lists and headings call people by it.',
    )
    return {}
  }
  name.required = true
  delete name.masked
  const birthDate = pathAt('dob', 'birthDate', 'dateOfBirth')
  return { name: name.path, ...(birthDate?.kind === 'date' ? { birthDate: birthDate.path } : {}) }
}

/** What the verify page shows besides: what the evidence says. */
function verifyOf({ evidence }: Json, fields: SchemaField[]): Json[] {
  const [first] = [evidence].flat()
  return Object.entries(isObject(first) ? first : {}).flatMap(([name, leaf]) => {
    const field = isObject(leaf) ? fields.find(({ path }) => path === leaf.from) : undefined
    return field ? [{ label: field.label, at: `evidence.${name}` }] : []
  })
}

function titleOf(schema: Json, definition: Json, name: string): string {
  const titles = [definition.title, schema.title].filter((title) => typeof title === 'string' && title.length <= 200)
  return String(titles.find((title) => title !== '') ?? name)
}

/** `privateFields` of Sunbird RC: names, or paths like $.mobile. */
function namesIn(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).map((one) => String(one).replace(/^\$\./, ''))
}
